-- Every version believed at a moment of the past. Rare: history pages and the comparison of reports. Hundreds of rows.
SELECT v.id, v.unit_id, u.code, v.name, v.short_name, v.parent_id, v.tier, v.kind, v.sort_key,
       v.valid_from, v.valid_to, v.opened_by_id, v.closed_by_id
FROM organisation_unitversion v
JOIN organisation_unit u ON u.id = v.unit_id
WHERE v.recorded_at <= %(known_at)s
  AND (v.superseded_at IS NULL OR v.superseded_at > %(known_at)s)
