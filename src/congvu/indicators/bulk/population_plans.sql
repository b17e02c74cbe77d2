-- Plans there were on the last day, not yet replaced: some thousand rows. Population plans. Index: plan_newest.
SELECT x.id, x.unit_id, 1 AS n, coalesce(nullif(x.number, ''), 'Dự thảo') || ' · ' || u.code AS title, x.name AS subtitle,
       x.id AS ref, x.subject, x.term, x.first_year::text AS first_year, x.last_year::text AS last_year,
       CASE WHEN x.issued_on <= %(last)s::date AND x.issued_at < coalesce(%(known_until)s::timestamptz, 'infinity')
            THEN 'ISSUED' ELSE 'DRAFT' END AS state
  FROM tasks_plan x
  JOIN organisation_unit u ON u.id = x.unit_id
 WHERE x.drafted_on <= %(last)s::date AND x.drafted_at < coalesce(%(known_until)s::timestamptz, 'infinity')
   AND NOT EXISTS (SELECT 1 FROM tasks_plan r
                    WHERE r.replaces_id = x.id AND r.issued_on <= %(last)s::date
                      AND r.issued_at < coalesce(%(known_until)s::timestamptz, 'infinity'))
