-- The newest dossiers that concern one unit: an ordered walk of reach_by_unit that stops at the limit.
-- Part of list_recent and list_count_recent, once per unit.
SELECT d.id, d.opened_at
  FROM dossiers_reach r JOIN dossiers_dossier d ON d.id = r.dossier_id
 WHERE r.unit_id = {unit} AND {filters}
 ORDER BY r.opened_at DESC, r.dossier_id DESC
 LIMIT {limit}
