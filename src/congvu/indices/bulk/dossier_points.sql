-- Points of each dossier by which one-stop units are measured (rules/one_stop.py), added by participant.
-- Runs when a round of such a set is filled from records. One row a participant and index: sum of points, dossiers.
-- Reads the dossiers and steps that ended in the period by their indexes on the day of ending.
WITH mine AS (
    SELECT * FROM unnest(%(roots)s::bigint[], %(members)s::bigint[]) AS m(root, member)
), ended AS (
    SELECT d.id, d.receiving_unit_id, d.competent_unit_id, d.due_on, d.due_at, d.ended_on, d.ended_at, d.supplements
      FROM dossiers_dossier d
     WHERE d.ended_on BETWEEN %(first)s::date AND %(last)s::date
       AND d.status IN (9, 10)
), of_unit AS (
    SELECT DISTINCT m.root, e.id, e.due_on, e.due_at, e.ended_on, e.ended_at, e.supplements
      FROM ended e
      JOIN mine m ON m.member IN (e.receiving_unit_id, e.competent_unit_id)
), steps AS (
    SELECT m.root, s.dossier_id,
           min(CASE WHEN (s.done_at AT TIME ZONE 'Asia/Ho_Chi_Minh')::date < s.due_on THEN 2
                    WHEN (s.done_at AT TIME ZONE 'Asia/Ho_Chi_Minh')::date = s.due_on
                     AND (s.due_at IS NULL OR s.done_at <= s.due_at) THEN 1
                    ELSE 0 END) AS points
      FROM ended e
      JOIN dossiers_step s ON s.dossier_id = e.id
      JOIN mine m ON m.member = s.unit_id
     WHERE s.state = 2 AND s.due_on IS NOT NULL AND s.done_at IS NOT NULL
     GROUP BY m.root, s.dossier_id
)
SELECT root, 'mot-cua.thoi-gian',
       sum(CASE WHEN ended_on < due_on THEN 2
                WHEN ended_on = due_on AND (due_at IS NULL OR ended_at <= due_at) THEN 1
                ELSE 0 END)::bigint,
       count(*)
  FROM of_unit WHERE due_on IS NOT NULL GROUP BY root
UNION ALL
SELECT root, 'mot-cua.co-quan', sum(points)::bigint, count(*) FROM steps GROUP BY root
UNION ALL
SELECT root, 'mot-cua.lien-he', sum(greatest(2 - supplements, 0))::bigint, count(*) FROM of_unit GROUP BY root
