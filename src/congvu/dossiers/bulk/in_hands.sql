-- The open steps in an officer's hands, or held for them by others, in given units, most urgent first.
-- Runs for the page of assignments. At most the limit. Indexes: step_by_officer, step_held_for.
SELECT d.id, d.code, d.version, d.owner_name, d.summary, s.name, s.unit_id, s.due_on, s.held_for = %(officer)s::bigint, holder.name
  FROM dossiers_step s
  JOIN dossiers_dossier d ON d.id = s.dossier_id
  LEFT JOIN identity_account holder ON holder.id = s.officer_id
 WHERE s.state = 1 AND (s.officer_id = %(officer)s::bigint OR s.held_for = %(officer)s::bigint)
   AND s.unit_id = ANY(%(units)s::bigint[])
 ORDER BY s.due_on, s.id
 LIMIT %(limit)s::int
