-- One person by number: identity, name, and every post, as believed at the moment asked; and the unit that keeps the file,
-- which is that of the full post of today, as now believed, whatever moment is asked. Rows: 0 or 1. Index: the number.
SELECT p.id, p.number, v.name, v.sex,
       (SELECT coalesce(jsonb_agg(to_jsonb(a) ORDER BY a.valid_from, a.id), '[]')
          FROM people_appointment a WHERE a.person_id = p.id AND {a}),
       coalesce({home}, 0)
  FROM people_person p
  JOIN LATERAL (
    SELECT v.* FROM people_personversion v WHERE v.person_id = p.id AND {v}
     ORDER BY (v.valid_from <= %(on)s::date) DESC, abs(v.valid_from - %(on)s::date), v.id LIMIT 1) v ON true
 WHERE p.number = %(number)s AND /*visible*/
