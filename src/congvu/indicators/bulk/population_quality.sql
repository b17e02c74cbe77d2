-- Quality systems in force on the last day, one row a unit: a few hundred. Population quality_systems.
SELECT x.id, x.unit_id, 1 AS n, x.standard || ' · ' || u.code AS title,
       x.scope AS subtitle, u.code AS ref, x.standard, CASE WHEN x.procedures > 0 THEN 'co' ELSE 'khong' END AS procedures
  FROM organisation_qualitysystem x
  JOIN organisation_unit u ON u.id = x.unit_id
 WHERE x.valid_from <= %(last)s::date AND (x.valid_to IS NULL OR x.valid_to > %(last)s::date)
   AND x.recorded_at < coalesce(%(known_until)s::timestamptz, 'infinity')
   AND (x.superseded_at IS NULL OR x.superseded_at >= %(known_until)s::timestamptz)
