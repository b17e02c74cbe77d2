-- Part of step_moves.sql and move_steps.sql: the open steps whose own clock runs, with the moment it began (opened, or the
-- last pause over) and its term. A term in whole days depends on the day and on whether it began after 15:00, one in hours
-- on the minute. Only steps whose time touches the days that changed. Index: step_open_by_unit, primary keys, pause's.
SELECT s.id, s.dossier_id, s.position, s.due_on, s.due_at, t.term_n, t.term_unit,
       CASE WHEN s.unit_id = ANY(%(own)s::bigint[]) THEN s.unit_id END AS unit,
       (b.at AT TIME ZONE 'Asia/Ho_Chi_Minh')::date AS began_on,
       (b.at AT TIME ZONE 'Asia/Ho_Chi_Minh')::time > '15:00' AS late,
       CASE WHEN s.due_at IS NOT NULL THEN date_trunc('minute', b.at) END AS began_at
  FROM dossiers_step s
  JOIN dossiers_dossier d ON d.id = s.dossier_id
  JOIN procedures_processstep t ON t.process_version_id = d.process_id AND t.position = s.position
 CROSS JOIN LATERAL (
       SELECT greatest(s.opened_at, (SELECT max(p.ended_at) FROM dossiers_pause p WHERE p.dossier_id = d.id)) AS at) b
 WHERE s.state = 1 AND s.due_on >= %(first)s::date AND t.term_n > 0 AND d.status IN (2, 4) AND d.ended_on IS NULL
   AND d.imported_id IS NULL AND b.at < %(after)s::date
