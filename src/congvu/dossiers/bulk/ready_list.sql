-- Results that wait at given counters, longest first: the open RETURN steps of the counters' units.
-- Runs on every page of "trả kết quả". Index: step_open_by_unit; a step's id grows with the time of its dossier.
SELECT d.id, d.code, d.version, d.owner_name, d.owner_phone, d.summary, v.name, d.ended_on, d.due_on, d.return_method,
       d.money, s.id, d.owner_address,
       (SELECT max(e.at) FROM dossiers_event e WHERE e.dossier_id = d.id AND e.verb = 'remind_collect') AS reminded_at
  FROM dossiers_step s
  JOIN dossiers_dossier d ON d.id = s.dossier_id
  JOIN procedures_procedureversion v ON v.id = d.procedure_version_id
 WHERE s.unit_id = ANY(%(units)s::bigint[]) AND s.state = 1 AND s.role = 'RETURN' AND d.status = 9
   AND {after} AND {filters}
 ORDER BY s.id
 LIMIT %(limit)s::int
