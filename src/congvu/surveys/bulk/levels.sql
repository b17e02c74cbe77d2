-- How often each level was given to each question on five levels, by unit. Runs when the results of one unit, or how officers
-- behave, are read. Rows: units x questions x 5. Index: answer_by_unit.
SELECT ans.unit_id, l.place::int, l.level::int, count(*)
  FROM surveys_surveyanswer ans
  LEFT JOIN surveys_interviewsheet sheet ON sheet.id = ans.sheet_id
 CROSS JOIN LATERAL unnest(ans.levels) WITH ORDINALITY AS l(level, place)
 WHERE ans.campaign_id = %(campaign)s::bigint AND sheet.recheck IS DISTINCT FROM 'DIFFERS' AND l.level > 0
 GROUP BY 1, 2, 3
