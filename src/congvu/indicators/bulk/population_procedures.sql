-- Procedures in force on the last day by the catalogue, no unit's own: some two thousand rows. `known_until` counts by the
-- moment of publishing. Population procedures.
SELECT v.id, NULL::bigint AS unit_id, 1 AS n, v.name AS title, p.code AS subtitle, p.code AS ref, v.level_of_service AS level,
       p.kind, coalesce(p.nature, 'chua-ghi') AS nature, f.code AS field,
       CASE WHEN 'TINH' = ANY(v.tiers) THEN 'co' ELSE 'khong' END AS tier_tinh,
       CASE WHEN 'XA' = ANY(v.tiers) THEN 'co' ELSE 'khong' END AS tier_xa,
       CASE WHEN EXISTS (SELECT 1 FROM procedures_procedurecase c
                           JOIN procedures_casechannel h ON h.case_id = c.id
                           JOIN procedures_casefee e ON e.channel_id = h.id
                          WHERE c.version_id = v.id AND e.amount > 0) THEN 'co' ELSE 'khong' END AS charged
  FROM procedures_procedureversion v
  JOIN procedures_procedure p ON p.id = v.procedure_id
  JOIN procedures_field f ON f.id = p.field_id
 WHERE v.state = 'PUBLISHED' AND v.valid_from <= %(last)s::date AND (v.valid_to IS NULL OR v.valid_to > %(last)s::date)
   AND v.published_at < coalesce(%(known_until)s::timestamptz, 'infinity') AND p.kind <> 'LICH_SU'
