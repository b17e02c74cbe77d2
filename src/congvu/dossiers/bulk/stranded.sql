-- Open dossiers that still name units which no longer exist, counted by unit. Runs on the page of such units, never in a
-- list. Indexes: step_open_by_unit (all open steps), dossier_open_by_due (all open dossiers).
SELECT held.unit, count(DISTINCT held.dossier), count(held.step)
  FROM (SELECT s.unit_id AS unit, s.dossier_id AS dossier, s.id AS step
          FROM dossiers_step s
         WHERE s.state = 1 AND s.unit_id <> ALL(%(living)s::bigint[])
        UNION ALL
        SELECT u.unit, o.id, NULL
          FROM dossiers_dossier o CROSS JOIN LATERAL (VALUES (o.competent_unit_id), (o.receiving_unit_id)) AS u (unit)
         WHERE o.ended_on IS NULL AND o.status <> 3 AND u.unit <> ALL(%(living)s::bigint[])
       ) held
  JOIN dossiers_dossier d ON d.id = held.dossier
 WHERE /*visible*/
 GROUP BY held.unit
 ORDER BY held.unit
