-- What each unit handed on to which, by merge and split events believed at a moment (null: now).
-- Runs after a change of the organisation, once per process; a few hundred rows.
-- `whole` is whether the source then ceased to exist: it has no version on the event's day.
SELECT e.id, source.unit_id, target.unit_id, e.effective,
       CASE WHEN e.kind IN ('CHIA', 'TACH') THEN target.share_numerator ELSE source.share_numerator END,
       CASE WHEN e.kind IN ('CHIA', 'TACH') THEN target.share_denominator ELSE source.share_denominator END,
       NOT EXISTS (
           SELECT FROM organisation_unitversion v
           WHERE v.unit_id = source.unit_id
             AND v.recorded_at <= coalesce(%(known_at)s::timestamptz, 'infinity')
             AND (v.superseded_at IS NULL OR v.superseded_at > %(known_at)s::timestamptz)
             AND v.valid_from <= e.effective
             AND (v.valid_to IS NULL OR v.valid_to > e.effective))
FROM organisation_unitevent e
JOIN organisation_uniteventpart source ON source.event_id = e.id AND source.side = 'FROM'
JOIN organisation_uniteventpart target ON target.event_id = e.id AND target.side = 'TO'
WHERE e.kind IN ('SAP_NHAP', 'HOP_NHAT', 'CHIA', 'TACH')
  AND e.recorded_at <= coalesce(%(known_at)s::timestamptz, 'infinity')
  AND (e.superseded_at IS NULL OR e.superseded_at > %(known_at)s::timestamptz)
