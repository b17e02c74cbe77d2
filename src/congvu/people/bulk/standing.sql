-- What the files of people say of training, grade and planning on a day, as now believed, with the full post of the day.
-- Rows: one page, in the order of names. Index: appointment_by_unit, salary and parts by person.
SELECT p.id, p.number, v.name, v.sort_key, a.unit_id, coalesce(a.position, ''), v.qualification, v.politics,
       v.decision_number, coalesce(v.details->>'state_management', ''),
       (SELECT coalesce(jsonb_agg(jsonb_build_array(s.grade, s.step, s.valid_from, s.decision_number) ORDER BY s.valid_from), '[]')
          FROM people_salarystep s
         WHERE s.person_id = p.id AND s.superseded_at IS NULL AND s.valid_from <= %(on)s::date),
       (SELECT coalesce(jsonb_agg(jsonb_build_array(f.code, f.title, coalesce(f.last, f.first)) ORDER BY f.id), '[]')
          FROM people_filepart f
         WHERE f.person_id = p.id AND f.superseded_at IS NULL AND (f.kind = 'training' OR f.code = %(planning)s AND NOT f.sensitive AND f.destruction_id IS NULL)
           AND (coalesce(f.last, f.first) IS NULL OR coalesce(f.last, f.first) <= %(on)s::date))
  FROM people_personversion v
  JOIN people_person p ON p.id = v.person_id
  LEFT JOIN LATERAL (
    SELECT a.unit_id, a.position FROM people_appointment a
     WHERE a.person_id = p.id AND a.superseded_at IS NULL AND a.kind = 'full'
       AND a.valid_from <= %(on)s::date AND (a.valid_to IS NULL OR a.valid_to > %(on)s::date)
     LIMIT 1) a ON true
 WHERE v.superseded_at IS NULL AND v.valid_from <= %(on)s::date AND (v.valid_to IS NULL OR v.valid_to > %(on)s::date)
   AND (%(people)s::bigint[] IS NULL OR p.id = ANY(%(people)s::bigint[]))
   AND (%(units)s::bigint[] IS NULL OR a.unit_id = ANY(%(units)s::bigint[]))
   AND /*visible*/
   AND (%(after)s::text IS NULL OR (v.sort_key, p.id) > (%(after)s::text, %(after_id)s::bigint))
 ORDER BY v.sort_key, p.id
 LIMIT %(limit)s::int
