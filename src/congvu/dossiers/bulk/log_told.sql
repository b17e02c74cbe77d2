-- Dossiers with their whole history, in the order they were opened, for the event logs of analysts. Runs in an export,
-- through a server-side cursor. Rows: every dossier asked for; events, steps and papers come as JSON.
-- A step done and later set aside by rework (state 4 with a branch) was done. Indexes: dossier_by_opened, event_by_dossier, step_once_per_round, the keys of papers and results.
SELECT d.id, d.code, p.code, v.name, f.name, d.channel, d.status, d.opened_at, d.due_on, d.ended_on,
       d.receiving_unit_id, d.competent_unit_id, d.owner_number, d.owner_name, o.id, o.code,
       (SELECT json_agg(json_build_array(e.at, e.verb, e.status_to, e.due_on, e.step, e.actor_id, e.office_id, e.reason)
                        ORDER BY e.at, e.id)
          FROM dossiers_event e WHERE e.dossier_id = d.id) AS events,
       (SELECT json_agg(json_build_array(s.position, s.name, s.unit_id, s.role,
                                         CASE WHEN s.state = 4 AND s.branch IS NOT NULL THEN 2 ELSE s.state END, s.opened_at, s.due_on,
                                         s.done_at, coalesce(s.done_by, s.officer_id),
                                         (s.state = 2 OR s.state = 4 AND s.branch IS NOT NULL) AND s.role <> 'RETURN' AND CASE
                                             WHEN s.due_at IS NOT NULL THEN s.done_at > s.due_at
                                             WHEN s.due_on IS NOT NULL
                                             THEN (s.done_at AT TIME ZONE 'Asia/Ho_Chi_Minh')::date > s.due_on
                                             ELSE false END)
                        ORDER BY s.opened_at, s.position, s.id)
          FROM dossiers_step s WHERE s.dossier_id = d.id) AS steps,
       (SELECT json_agg(json_build_array('P', x.id, coalesce(k.name, ''), x.name, x.added_at) ORDER BY x."order", x.id)
          FROM dossiers_paper x LEFT JOIN procedures_casepaper k ON k.id = x.case_paper_id
         WHERE x.dossier_id = d.id AND x.received) AS papers,
       (SELECT json_agg(json_build_array('R', x.id, '', x.name, x.added_at) ORDER BY x.id)
          FROM dossiers_result x WHERE x.dossier_id = d.id) AS results
  FROM dossiers_dossier d
  JOIN procedures_procedureversion v ON v.id = d.procedure_version_id
  JOIN procedures_procedure p ON p.id = d.procedure_id
  JOIN procedures_field f ON f.id = d.field_id
  LEFT JOIN dossiers_dossier o ON o.id = d.corrects_id AND {other}
 WHERE {asked}
 ORDER BY d.opened_at, d.id
