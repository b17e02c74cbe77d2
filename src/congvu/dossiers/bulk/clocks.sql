-- The running clocks that depend on nothing but reception and term, as groups: every dossier of a group has the same
-- due day, so a province of a million open dossiers is some thousand groups. `own` are the units with an own calendar.
-- Runs when the calendar changes, and for its preview. Index: dossier_open_by_due.
SELECT d.received_on, (d.received_at AT TIME ZONE 'Asia/Ho_Chi_Minh')::time > '15:00' AS late, d.term_n, d.term_unit,
       d.start_policy, CASE WHEN d.competent_unit_id = ANY(%(own)s::bigint[]) THEN d.competent_unit_id END AS unit,
       d.due_on, count(*)
  FROM dossiers_dossier d
 WHERE d.ended_on IS NULL AND d.due_on IS NOT NULL AND d.status IN (2, 4, 5, 6, 8) AND d.due_at IS NULL
   AND d.extensions = 0 AND d.imported_id IS NULL
   AND NOT EXISTS (SELECT 1 FROM dossiers_pause p WHERE p.dossier_id = d.id)
 GROUP BY 1, 2, 3, 4, 5, 6, 7
