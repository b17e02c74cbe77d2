-- Who decided the latest dossier of a procedure, else of its field, among the newest that one counter received.
-- Runs when the counter opens a procedure. Index: reach_by_unit, 300 rows at most, however many the province has.
SELECT near.competent_unit_id
  FROM (SELECT d.competent_unit_id, d.procedure_id, d.field_id, r.opened_at
          FROM dossiers_reach r JOIN dossiers_dossier d ON d.id = r.dossier_id
         WHERE r.unit_id = {unit} AND d.receiving_unit_id = {unit}
         ORDER BY r.opened_at DESC, r.dossier_id DESC
         LIMIT 300) near
 WHERE near.procedure_id = %(procedure)s::bigint OR near.field_id = %(field)s::bigint
 ORDER BY near.procedure_id = %(procedure)s::bigint DESC, near.opened_at DESC
 LIMIT 1
