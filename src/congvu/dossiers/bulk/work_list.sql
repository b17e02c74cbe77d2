-- Open steps of given units, most urgent first, paused dossiers last: one ordered walk of each unit's (work_walk), merged.
-- Runs for every page of "my work". Reads about (units x page) index rows however many dossiers the province has.
SELECT s.id, s.position, s.name, s.role, s.unit_id, s.officer_id, s.due_on, s.due_at, s.opened_at,
       d.id, d.code, d.version, d.status, d.due_on, d.owner_name, d.summary, d.channel, d.supplements,
       d.extensions, v.name, officer.name,
       (SELECT p.started_at FROM dossiers_pause p WHERE p.dossier_id = d.id AND p.ended_at IS NULL) AS paused_since
  FROM (SELECT near.id FROM ({walks}) near
         ORDER BY near.status IN (5, 6, 8), near.due_on, near.id LIMIT {limit}) page
  JOIN dossiers_step s ON s.id = page.id
  JOIN dossiers_dossier d ON d.id = s.dossier_id
  JOIN procedures_procedureversion v ON v.id = d.procedure_version_id
  LEFT JOIN identity_account officer ON officer.id = s.officer_id
 WHERE {visible}
 ORDER BY d.status IN (5, 6, 8), s.due_on, s.id
