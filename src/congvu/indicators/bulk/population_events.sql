-- Decisions that changed the organisation within the period, no unit's own: some dozen rows a year. Population unit_events.
-- Index: unitevent_newest_first.
SELECT x.id, NULL::bigint AS unit_id, 1 AS n, x.decision_number AS title,
       to_char(x.effective, 'DD/MM/YYYY') || ' · ' || left(x.note, 200) AS subtitle, NULL::text AS ref, x.kind
  FROM organisation_unitevent x
 WHERE x.effective BETWEEN %(first)s::date AND %(last)s::date
   AND x.recorded_at < coalesce(%(known_until)s::timestamptz, 'infinity')
   AND (x.superseded_at IS NULL OR x.superseded_at >= %(known_until)s::timestamptz)
