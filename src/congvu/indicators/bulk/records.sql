-- The dossiers behind one number, in the order they were received, a page at a time. Runs when a number is opened.
-- The same pieces and conditions as form06.sql; the details are read for the rows of the page only.
WITH s AS (
    SELECT s.id, s.competent_unit_id, s.received_on, s.channel, s.status, s.due_on, s.ended_on
      FROM ({state}) AS s
     WHERE {asked} AND {row}
       AND (%(after_day)s::date IS NULL OR (s.received_on, s.id) > (%(after_day)s::date, %(after_id)s::bigint))
     ORDER BY s.received_on, s.id
     LIMIT %(limit)s::int
)
SELECT s.id, d.code, d.owner_name, p.name AS procedure, s.competent_unit_id, s.channel, s.received_on, s.due_on, s.ended_on,
       s.status, d.summary
  FROM s
  JOIN dossiers_dossier d ON d.id = s.id
  JOIN procedures_procedure p ON p.id = d.procedure_id
 ORDER BY s.received_on, s.id
