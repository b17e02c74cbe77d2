-- Survey answers of the period, told together: a row is what one unit got in one survey by one way, never one answer,
-- and nothing of what was said. Some hundred rows a year. Index: answer_by_unit. Population answers.
SELECT hashtextextended(concat_ws('|', c.id, ans.unit_id, ans.channel), 0) AS id, ans.unit_id,
       count(*) AS n, c.name AS title, count(*) || ' phiếu' AS subtitle, c.code AS ref, c.code AS survey, c.kind,
       ans.channel
  FROM surveys_surveyanswer ans
  JOIN surveys_campaign c ON c.id = ans.campaign_id
  LEFT JOIN surveys_interviewsheet sheet ON sheet.id = ans.sheet_id
 WHERE ans.day BETWEEN %(first)s::date AND %(last)s::date AND sheet.recheck IS DISTINCT FROM 'DIFFERS'
   AND (%(known_until)s::timestamptz IS NULL OR ans.day <= (%(known_until)s::timestamptz AT TIME ZONE 'Asia/Ho_Chi_Minh')::date)
 GROUP BY c.id, c.name, c.code, c.kind, ans.unit_id, ans.channel
