-- Autonomy groups of public-service units in force on the last day: some hundred rows. Population autonomy.
SELECT x.id, x.unit_id, 1 AS n, x.decision_number || ' · ' || u.code AS title,
       'nhóm ' || x."group" AS subtitle, u.code AS ref, x."group"::text AS "group"
  FROM organisation_autonomy x
  JOIN organisation_unit u ON u.id = x.unit_id
 WHERE x.valid_from <= %(last)s::date AND (x.valid_to IS NULL OR x.valid_to > %(last)s::date)
   AND x.recorded_at < coalesce(%(known_until)s::timestamptz, 'infinity')
   AND (x.superseded_at IS NULL OR x.superseded_at >= %(known_until)s::timestamptz)
