-- The open dossiers that still name one unit, oldest first, with the steps open there. Runs for the preview of moving
-- them, and to find what to move. Indexes: step_open_by_unit, dossier_open_by_due.
WITH held AS MATERIALIZED (
    SELECT s.dossier_id AS id FROM dossiers_step s WHERE s.state = 1 AND s.unit_id = %(unit)s::bigint
    UNION
    SELECT o.id FROM dossiers_dossier o
     WHERE o.ended_on IS NULL AND o.status <> 3 AND %(unit)s::bigint IN (o.competent_unit_id, o.receiving_unit_id)
)
SELECT d.id, d.code, d.summary, d.status, d.due_on,
       (SELECT string_agg(s.name, ', ' ORDER BY s.position) FROM dossiers_step s
         WHERE s.dossier_id = d.id AND s.state = 1 AND s.unit_id = %(unit)s::bigint)
  FROM held JOIN dossiers_dossier d ON d.id = held.id
 WHERE /*visible*/
 ORDER BY d.opened_at, d.id
 LIMIT %(limit)s::int
