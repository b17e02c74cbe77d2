-- Functions held on the last day: some thousand rows. Population functions.
SELECT x.id, x.unit_id, 1 AS n, left(x.text, 200) AS title,
       x.legal_basis AS subtitle, u.code AS ref, x.field
  FROM organisation_unitfunctionversion x
  JOIN organisation_unit u ON u.id = x.unit_id
 WHERE x.valid_from <= %(last)s::date AND (x.valid_to IS NULL OR x.valid_to > %(last)s::date)
   AND x.recorded_at < coalesce(%(known_until)s::timestamptz, 'infinity')
   AND (x.superseded_at IS NULL OR x.superseded_at >= %(known_until)s::timestamptz)
