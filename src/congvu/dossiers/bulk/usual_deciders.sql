-- Who decided the latest dossier of each of some procedures, among the newest that one counter received.
-- Runs when the form of a group opens. Index: reach_by_unit, 300 rows at most, however many the province has.
SELECT DISTINCT ON (near.procedure_id) near.procedure_id, near.competent_unit_id
  FROM (SELECT d.competent_unit_id, d.procedure_id, r.opened_at
          FROM dossiers_reach r JOIN dossiers_dossier d ON d.id = r.dossier_id
         WHERE r.unit_id = {unit} AND d.receiving_unit_id = {unit}
         ORDER BY r.opened_at DESC, r.dossier_id DESC
         LIMIT 300) near
 WHERE near.procedure_id = ANY(%(procedures)s::bigint[])
 ORDER BY near.procedure_id, near.opened_at DESC
