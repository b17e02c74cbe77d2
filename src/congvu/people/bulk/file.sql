-- All that a personnel file holds but its sensitive lines, as believed at the moment asked. Rows: 1. Index: by person.
SELECT (SELECT coalesce(jsonb_agg(to_jsonb(v) ORDER BY v.valid_from, v.id), '[]')
          FROM people_personversion v WHERE v.person_id = %(person)s::bigint AND {v}),
       (SELECT coalesce(jsonb_agg(to_jsonb(s) ORDER BY s.valid_from, s.id), '[]')
          FROM people_salarystep s WHERE s.person_id = %(person)s::bigint AND {s}),
       (SELECT coalesce(jsonb_agg(to_jsonb(f) ORDER BY f.first NULLS LAST, f.id), '[]')
          FROM people_filepart f WHERE f.person_id = %(person)s::bigint AND {f})
