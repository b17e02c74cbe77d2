-- The people who held a post on a day, one row each with the foremost of their posts, in the order of their names.
-- Rows: one page. Index: person_by_name (no filter), appointment_by_unit (a few units), appointment_by_person inside; `{v}` and `{a}` are the belief of the moment.
SELECT p.id, p.number, v.name, v.birth, v.sex, v.sort_key, a.unit_id, a.position, a.kind, a.pool, a.valid_from
  FROM people_personversion v
  JOIN people_person p ON p.id = v.person_id
 CROSS JOIN LATERAL (
    SELECT a.* FROM people_appointment a
     WHERE a.person_id = p.id AND {a}
       AND a.valid_from <= %(on)s::date AND (a.valid_to IS NULL OR a.valid_to > %(on)s::date)
       AND (%(units)s::bigint[] IS NULL OR a.unit_id = ANY(%(units)s::bigint[]))
       AND (%(kind)s = '' OR a.kind = %(kind)s)
       AND (%(pool)s = '' OR a.pool = %(pool)s)
     ORDER BY array_position(ARRAY['full', 'part', 'seconded', 'concurrent']::text[], a.kind::text), a.id
     LIMIT 1) a
 WHERE {v} AND v.valid_from <= %(on)s::date AND (v.valid_to IS NULL OR v.valid_to > %(on)s::date)
   AND (%(words)s = '' OR to_tsvector('simple'::regconfig, COALESCE(v.name_folded, '')) @@ to_tsquery('simple'::regconfig, %(words)s)
        OR p.number = upper(%(number)s))
   AND {facts}
   AND {within}
   AND /*visible*/
   AND (%(after)s::text IS NULL OR (v.sort_key, p.id) > (%(after)s::text, %(after_id)s::bigint))
 ORDER BY v.sort_key, p.id
 LIMIT %(limit)s::int
