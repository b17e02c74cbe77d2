-- Response of a campaign by unit. Runs on its page. Rows: one a unit. Indexes: stratum_unit_once, invitation_by_stratum,
-- answer_by_unit.
WITH s AS (SELECT unit_id, frame, wanted FROM surveys_stratum WHERE campaign_id = %(campaign)s::bigint),
     i AS (SELECT unit_id,
                  count(*) FILTER (WHERE state IN ('ASKED', '')) AS asked,
                  count(*) FILTER (WHERE state = 'REPLACED') AS replaced,
                  count(*) FILTER (WHERE state = 'INVALID') AS invalid,
                  count(*) FILTER (WHERE answered) AS linked
             FROM surveys_invitation WHERE campaign_id = %(campaign)s::bigint GROUP BY unit_id),
     a AS (SELECT ans.unit_id, count(*) AS answers, count(ans.sheet_id) AS papers
             FROM surveys_surveyanswer ans
             LEFT JOIN surveys_interviewsheet sheet ON sheet.id = ans.sheet_id
            WHERE ans.campaign_id = %(campaign)s::bigint AND sheet.recheck IS DISTINCT FROM 'DIFFERS'
            GROUP BY ans.unit_id)
SELECT unit_id, coalesce(s.frame, 0), coalesce(s.wanted, 0), coalesce(i.asked, 0), coalesce(i.replaced, 0),
       coalesce(i.invalid, 0), coalesce(i.linked, 0), coalesce(a.answers, 0), coalesce(a.papers, 0)
  FROM s FULL JOIN i USING (unit_id) FULL JOIN a USING (unit_id)
 ORDER BY unit_id
