-- The most urgent open steps of one unit: an ordered walk of step_open_by_unit that stops at the limit.
-- Part of work_list and work_counts, once per unit.
SELECT s.id, s.due_on, d.status
  FROM dossiers_step s JOIN dossiers_dossier d ON d.id = s.dossier_id
 WHERE s.unit_id = {unit} AND s.state = 1 AND {filters}
 ORDER BY s.due_on, s.id
 LIMIT {limit}
