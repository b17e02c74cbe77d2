-- The lines of issued decisions on posts that took effect within the period, each with the posts it gives or takes: some
-- thousand rows a year. A decision that another corrected counts no more from the moment that one was issued.
-- Population posts. Index: quota_newest_first.
SELECT l.id, l.unit_id, abs(l.delta) AS n, q.number || ' · ' || u.code AS title,
       l.kind || ' ' || l.delta || ' · ' || l.pool AS subtitle, q.id AS ref, l.pool, l.kind,
       CASE WHEN l.delta > 0 THEN 'tang' ELSE 'giam' END AS direction
  FROM staffing_quotadecision q
  JOIN staffing_quotaline l ON l.decision_id = q.id
  JOIN organisation_unit u ON u.id = l.unit_id
 WHERE q.effective BETWEEN %(first)s::date AND %(last)s::date AND q.state = 'ISSUED'
   AND q.issued_at < coalesce(%(known_until)s::timestamptz, 'infinity')
   AND NOT EXISTS (SELECT 1 FROM staffing_quotadecision c
                    WHERE c.corrects_id = q.id AND c.state = 'ISSUED'
                      AND c.issued_at < coalesce(%(known_until)s::timestamptz, 'infinity'))
