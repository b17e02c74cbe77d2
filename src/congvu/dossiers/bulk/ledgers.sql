-- The running clocks that must be replayed one by one: terms in hours, pauses, an extension. Few beside clocks.sql.
-- Index: dossier_open_by_due.
SELECT d.id, d.received_at, d.term_n, d.term_unit, d.start_policy, d.pause_policy, d.due_on, d.due_at, d.competent_unit_id,
       (SELECT json_agg(json_build_array(p.started_at, p.ended_at) ORDER BY p.started_at)
          FROM dossiers_pause p WHERE p.dossier_id = d.id),
       (SELECT json_build_array(e.at, e.due_after) FROM dossiers_extension e WHERE e.dossier_id = d.id)
  FROM dossiers_dossier d
 WHERE d.ended_on IS NULL AND d.due_on IS NOT NULL AND d.status IN (2, 4, 5, 6, 8) AND d.imported_id IS NULL
   AND (d.due_at IS NOT NULL OR d.extensions > 0
        OR EXISTS (SELECT 1 FROM dossiers_pause p WHERE p.dossier_id = d.id))
