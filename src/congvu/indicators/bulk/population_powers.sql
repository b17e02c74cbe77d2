-- Powers passed on that are in force on the last day, counted with the unit that received them (none: a whole tier did).
-- Some thousand rows. Population powers.
SELECT x.id, x.to_unit_id AS unit_id, 1 AS n, left(x.what, 200) AS title, x.decision_number AS subtitle, NULL::text AS ref,
       x.form, x.field, CASE WHEN x.valid_to IS NULL THEN 'khong' ELSE 'co' END AS ending
  FROM organisation_delegation x
 WHERE x.valid_from <= %(last)s::date AND (x.valid_to IS NULL OR x.valid_to > %(last)s::date)
   AND x.recorded_at < coalesce(%(known_until)s::timestamptz, 'infinity')
   AND (x.superseded_at IS NULL OR x.superseded_at >= %(known_until)s::timestamptz)
