-- Moments of a campaign's answers (rules.formulas) by row, column and in all. Runs when results are read: every answer once.
-- Rows: units (or groups) x columns. Index: answer_by_unit. `columns` names the column of each question on five levels.
WITH told AS (
  SELECT CASE WHEN %(by)s::text = 'group' THEN coalesce(nullif(ans."group", ''), '-') ELSE ans.unit_id::text END AS line, ans.id, ans.levels
    FROM surveys_surveyanswer ans
    LEFT JOIN surveys_interviewsheet sheet ON sheet.id = ans.sheet_id
   WHERE ans.campaign_id = %(campaign)s::bigint AND sheet.recheck IS DISTINCT FROM 'DIFFERS'
), each AS (
  SELECT told.line, told.id, (%(columns)s::text[])[l.place] AS col,
         CASE WHEN %(formula)s::text = 'mean' THEN l.level ELSE (l.level >= 4)::int END AS a,
         CASE WHEN %(formula)s::text = 'mean' THEN 5 ELSE 1 END AS b
    FROM told CROSS JOIN LATERAL unnest(told.levels) WITH ORDINALITY AS l(level, place)
   WHERE l.level > 0
), person AS (
  SELECT line, id, coalesce(col, '') AS col, sum(a) AS a, sum(b) AS b
    FROM each GROUP BY GROUPING SETS ((line, id, col), (line, id))
)
SELECT line, col, count(*), sum(a)::bigint, sum(b)::bigint, sum(a * a)::bigint, sum(a * b)::bigint, sum(b * b)::bigint
  FROM person GROUP BY line, col
