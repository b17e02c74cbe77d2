-- Papers whose time is over: of people gone long enough for the years of their kind (`codes`, `gone_by`). Rows: one page.
-- Index: paper_by_code, appointment_by_person.
SELECT f.id, p.number, v.name, f.code, f.title, f.number, f.first, f.sensitive, f.file_id IS NOT NULL, l.gone
  FROM unnest(%(codes)s::text[], %(gone_by)s::date[]) AS kept(code, gone_by)
  JOIN people_filepart f ON f.code = kept.code AND f.kind = 'paper' AND f.superseded_at IS NULL AND f.destruction_id IS NULL
  JOIN people_person p ON p.id = f.person_id
 CROSS JOIN LATERAL (
    SELECT CASE WHEN bool_and(a.valid_to IS NOT NULL) AND bool_or(a.ending = ANY(%(leaving)s::text[])) THEN max(a.valid_to) END
      FROM people_appointment a WHERE a.person_id = p.id AND a.superseded_at IS NULL) l(gone)
  JOIN people_personversion v ON v.person_id = p.id AND v.superseded_at IS NULL AND v.valid_to IS NULL
 WHERE l.gone <= kept.gone_by
   AND (%(only)s::bigint[] IS NULL OR f.id = ANY(%(only)s::bigint[]))
   AND /*visible*/
   AND (%(after)s::bigint IS NULL OR f.id > %(after)s::bigint)
 ORDER BY f.id
 LIMIT %(limit)s::int
