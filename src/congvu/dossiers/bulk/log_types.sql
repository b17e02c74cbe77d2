-- What happens in the dossiers asked for: each verb, each step by name, whether any began, was done, was cancelled.
-- Runs once in an export to OCEL, which declares its event types first. Rows: verbs and step names, some hundreds.
SELECT 'verb' AS kind, e.verb AS name, false AS begun, true AS done, false AS cancelled
  FROM dossiers_dossier d JOIN dossiers_event e ON e.dossier_id = d.id
 WHERE {asked}
 GROUP BY e.verb
UNION ALL
SELECT 'step', s.name, bool_or(s.opened_at IS NOT NULL), coalesce(bool_or(s.done_at IS NOT NULL AND (s.state = 2 OR s.state = 4 AND s.branch IS NOT NULL)), false),
       coalesce(bool_or(s.done_at IS NOT NULL AND s.state <> 2 AND NOT (s.state = 4 AND s.branch IS NOT NULL)), false)
  FROM dossiers_dossier d JOIN dossiers_step s ON s.dossier_id = d.id
 WHERE {asked}
 GROUP BY s.name
 ORDER BY 1 DESC, 2
