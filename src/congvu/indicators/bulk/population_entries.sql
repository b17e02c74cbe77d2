-- The named records behind figures people enter, dated within the period: some hundred rows a list. Population entries.
-- Index: listentry_by_list.
SELECT x.id, x.unit_id, 1 AS n, x.title, concat_ws(' · ', to_char(x.day, 'DD/MM/YYYY'), nullif(x.note, ''), x.paper) AS subtitle,
       NULL::text AS ref, x.list, x.kind
  FROM indicators_listentry x
 WHERE x.day BETWEEN %(first)s::date AND %(last)s::date
   AND x.recorded_at < coalesce(%(known_until)s::timestamptz, 'infinity')
   AND (x.superseded_at IS NULL OR x.superseded_at >= %(known_until)s::timestamptz)
