-- The state of one-stops on the last day, one row a unit: a few hundred. Population one_stop_models.
SELECT x.id, x.unit_id, 1 AS n, x.decision_number || ' · ' || u.code AS title,
       x.counters || ' quầy, ' || x.area || ' m²' AS subtitle, u.code AS ref, x.level,
       CASE WHEN x.queue_machine THEN 'co' ELSE 'khong' END AS queue_machine,
       CASE WHEN x.rating_device THEN 'co' ELSE 'khong' END AS rating_device,
       CASE WHEN x.guides THEN 'co' ELSE 'khong' END AS guides
  FROM organisation_onestopfacility x
  JOIN organisation_unit u ON u.id = x.unit_id
 WHERE x.valid_from <= %(last)s::date AND (x.valid_to IS NULL OR x.valid_to > %(last)s::date)
   AND x.recorded_at < coalesce(%(known_until)s::timestamptz, 'infinity')
   AND (x.superseded_at IS NULL OR x.superseded_at >= %(known_until)s::timestamptz)
