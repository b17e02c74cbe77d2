-- How dossiers went through their processes, alike ones counted together: few of a process differ. Runs for the page
-- and the command of conformance. A shape is the dossier's steps in the order of the table, each packed into a number
-- (queries.conformance._unpacked). Where every step began the moment the one before it ended, as in most, that says the
-- order too; the others add the places of their beginnings and ends in time (equal moments, equal places). So the rule
-- is asked once a shape. Rows: shapes. Indexes: dossier_by_received, step_once_per_round (which gives the order).
SELECT d.process_id, {units}, {concluded} AS concluded, t.steps,
       CASE WHEN t.straight THEN NULL ELSE (
           SELECT string_agg(concat_ws(',', y.position, y.round, y.what, y.place), ' '
                             ORDER BY y.place, y.position, y.round, y.what DESC)
             FROM (SELECT s.position, s.round, e.what, dense_rank() OVER (ORDER BY e.at) AS place
                     FROM dossiers_step s
                    CROSS JOIN LATERAL (VALUES ('o', s.opened_at), ('d', s.done_at)) e (what, at)
                    WHERE s.dossier_id = d.id AND e.at IS NOT NULL) y) END AS places, {asked_for}
  FROM dossiers_dossier d
 CROSS JOIN LATERAL (
    SELECT array_agg(x.code ORDER BY x.position, x.round) AS steps, bool_and(x.straight) AS straight
      FROM (SELECT s.position, s.round,
                   (((s.position::bigint * 32768 + s.round) * 32768 + coalesce(s.branch + 1, 0)) * 8 + s.state) * 2
                   + (s.role <> 'RETURN' AND CASE
                        WHEN s.state = 2 OR s.state = 4 AND s.branch IS NOT NULL THEN CASE
                            WHEN s.due_at IS NOT NULL THEN s.done_at > s.due_at
                            ELSE (s.done_at AT TIME ZONE 'Asia/Ho_Chi_Minh')::date > s.due_on END
                        WHEN s.state = 1 AND d.status IN (2, 4) THEN s.due_on < %(on)s::date
                        ELSE false END IS TRUE)::int AS code,
                   s.opened_at IS NOT NULL AND (s.done_at IS NULL OR s.done_at > s.opened_at)
                   AND coalesce(s.opened_at = lag(s.done_at) OVER w, row_number() OVER w = 1) AS straight
              FROM dossiers_step s WHERE s.dossier_id = d.id
            WINDOW w AS (ORDER BY s.position, s.round)) x
 ) t
 WHERE {visible} AND d.received_on BETWEEN %(first)s::date AND %(last)s::date AND {compared}
{grouped}
