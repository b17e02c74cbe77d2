-- Procedures by words without diacritics, or by the beginning of a code; a page at a time, best first.
-- Runs on every search of the public list and the counter. Indexes: procedure_search (GIN), procedure_code_prefix,
-- procedure_by_name when nothing was typed. rank: 0 the code, 1 the name begins so, 2 the phrase, 3 all the words.
SELECT p.id, p.code, p.name, f.name AS field_name, p.status, v.id AS version_id, v.tiers, v.valid_from, r.rank,
       p.name_folded,
       (SELECT COALESCE(jsonb_agg(DISTINCT jsonb_build_array(h.term_n, h.term_unit)), '[]')::json
          FROM procedures_procedurecase c JOIN procedures_casechannel h ON h.case_id = c.id
         WHERE c.version_id = v.id) AS terms,
       EXISTS (SELECT 1 FROM procedures_doubt d WHERE d.procedure_id = p.id AND d.state = 'OPEN') AS doubtful
FROM procedures_procedure p
JOIN procedures_field f ON f.id = p.field_id
LEFT JOIN LATERAL (
    SELECT x.id, x.tiers, x.valid_from FROM procedures_procedureversion x
    WHERE x.procedure_id = p.id AND x.state = 'PUBLISHED' AND x.valid_from <= %(on)s::date
      AND (x.valid_to IS NULL OR x.valid_to > %(on)s::date)
    LIMIT 1
) v ON true
CROSS JOIN LATERAL (
    SELECT CASE WHEN %(text)s = '' THEN 1
                WHEN %(code)s <> '' AND p.code LIKE %(code)s THEN 0
                WHEN starts_with(p.name_folded, %(text)s) OR starts_with(p.name_folded, 'thu tuc ' || %(text)s) THEN 1
                WHEN %(phrase)s <> '' AND p.search @@ to_tsquery('simple', %(phrase)s) THEN 2
                ELSE 3 END AS rank
) r
WHERE (NOT %(public)s OR (v.id IS NOT NULL AND p.status = 'PUBLIC'))
  AND (%(text)s = '' OR (%(code)s <> '' AND p.code LIKE %(code)s)
       OR (%(words)s <> '' AND p.search @@ to_tsquery('simple', %(words)s)))
  AND (%(field)s::bigint IS NULL OR p.field_id = %(field)s::bigint)
  AND (%(tier)s = '' OR %(tier)s = ANY(v.tiers))
  AND (%(after_rank)s::int IS NULL
       OR (r.rank, p.name_folded, p.id) > (%(after_rank)s::int, %(after_name)s, %(after_id)s::bigint))
ORDER BY r.rank, p.name_folded, p.id
LIMIT %(limit)s
