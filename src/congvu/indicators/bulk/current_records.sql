-- The dossiers behind a number of the on-time page or of an import, as they stand now, in the order they were received.
-- Runs when such a number is opened. Indexes: dossier_by_ended or dossier_imported_once.
WITH s AS (
    SELECT s.id, s.received_on, s.channel, s.status, s.due_on, s.ended_on
      FROM dossiers_dossier s
     WHERE {asked} AND {row} AND {visible}
       AND (%(after_day)s::date IS NULL OR (s.received_on, s.id) > (%(after_day)s::date, %(after_id)s::bigint))
     ORDER BY s.received_on, s.id
     LIMIT %(limit)s::int
)
SELECT s.id, d.code, d.owner_name, p.name AS procedure, d.competent_unit_id, s.channel, s.received_on, s.due_on, s.ended_on,
       s.status, d.summary
  FROM s
  JOIN dossiers_dossier d ON d.id = s.id
  JOIN procedures_procedure p ON p.id = d.procedure_id
 ORDER BY s.received_on, s.id
