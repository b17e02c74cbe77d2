-- Posts still held in units that are no more (`gone` by `ended`): people a decision must place. Rows: one page of people.
-- Index: appointment_by_unit. The posts are found first, by unit: asked for in the order of ids, all posts would be read.
WITH held AS MATERIALIZED (
    SELECT a.id, a.person_id, a.unit_id, a.position, a.pool, g.ended
      FROM unnest(%(gone)s::bigint[], %(ended)s::date[]) AS g(unit_id, ended)
      JOIN people_appointment a ON a.unit_id = g.unit_id AND a.superseded_at IS NULL
       AND (a.valid_to IS NULL OR a.valid_to > g.ended)
)
SELECT a.id, p.id, p.number, v.name, a.unit_id, a.position, a.pool, a.ended
  FROM held a
  JOIN people_person p ON p.id = a.person_id
  JOIN people_personversion v ON v.person_id = p.id AND v.superseded_at IS NULL AND v.valid_to IS NULL
 WHERE /*visible*/ AND (%(after)s::bigint IS NULL OR a.id > %(after)s::bigint)
 ORDER BY a.id
 LIMIT %(limit)s::int
