-- How dossiers went through their processes, alike ones counted together: few of a process differ. Runs for the page
-- and the command of conformance. A shape is the dossier's steps with the order of their beginnings and ends (equal
-- moments, equal places), so that the rule is asked once a shape. Rows: shapes. Indexes: dossier_by_received,
-- step_once_per_round.
SELECT d.process_id, {units}, {concluded} AS concluded, w.shape, {asked_for}
  FROM dossiers_dossier d
 CROSS JOIN LATERAL (
    SELECT string_agg(concat_ws(',', y.position, y.round, y.state, coalesce(y.branch, -1), y.late, y.what, y.place), ' '
                      ORDER BY y.place, y.position, y.round, y.what DESC) AS shape
      FROM (SELECT x.*, dense_rank() OVER (ORDER BY x.at) AS place
              FROM (SELECT s.position, s.round, s.state, s.branch, e.what, e.at,
                           CASE WHEN s.role <> 'RETURN' AND CASE
                               WHEN s.state = 2 OR s.state = 4 AND s.branch IS NOT NULL THEN CASE
                                   WHEN s.due_at IS NOT NULL THEN s.done_at > s.due_at
                                   ELSE (s.done_at AT TIME ZONE 'Asia/Ho_Chi_Minh')::date > s.due_on END
                               WHEN s.state = 1 AND d.status IN (2, 4) THEN s.due_on < %(on)s::date
                               ELSE false END THEN 1 ELSE 0 END AS late
                      FROM dossiers_step s
                     CROSS JOIN LATERAL (VALUES ('o', s.opened_at), ('d', s.done_at)) e (what, at)
                     WHERE s.dossier_id = d.id AND e.at IS NOT NULL) x) y
 ) w
 WHERE {visible} AND d.received_on BETWEEN %(first)s::date AND %(last)s::date
   AND d.process_id IS NOT NULL AND d.imported_id IS NULL
   AND NOT EXISTS (SELECT 1 FROM dossiers_moved m WHERE m.dossier_id = d.id AND m.undone_at IS NULL)
{grouped}
