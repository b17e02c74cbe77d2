-- People released who left within the period, by approved batches: some hundred rows a year. Population releases.
SELECT r.id, r.unit_id, 1 AS n, r.name AS title, 'Đợt ' || r.half || '/' || r.year || ' · ' || r.title AS subtitle,
       NULL::text AS ref, r.regime, r.pack, r.category, r.pool
  FROM staffing_release r
 WHERE r.leaves_on BETWEEN %(first)s::date AND %(last)s::date AND r.approved_at IS NOT NULL
   AND r.approved_at < coalesce(%(known_until)s::timestamptz, 'infinity')
