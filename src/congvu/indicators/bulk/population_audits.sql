-- Audits of quality systems held within the period: some hundred rows a year. Population quality_audits.
SELECT x.id, x.unit_id, 1 AS n, u.code || ' · ' || to_char(x.held_on, 'DD/MM/YYYY') AS title,
       x.nonconformities || ' điểm không phù hợp' AS subtitle, u.code AS ref, x.kind,
       CASE WHEN x.nonconformities > 0 THEN 'co' ELSE 'khong' END AS nonconformities
  FROM organisation_qualityaudit x
  JOIN organisation_unit u ON u.id = x.unit_id
 WHERE x.held_on BETWEEN %(first)s::date AND %(last)s::date
   AND x.recorded_at < coalesce(%(known_until)s::timestamptz, 'infinity')
   AND (x.superseded_at IS NULL OR x.superseded_at >= %(known_until)s::timestamptz)
