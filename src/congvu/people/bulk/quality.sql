-- People in full posts of a day, counted by unit and by every facet of the report at once. Rows: units.
-- Index: appointment_by_unit. What is counted are the facets of queries/quality.py.
SELECT a.unit_id, count(*), {counted}
  FROM people_appointment a
  JOIN people_person p ON p.id = a.person_id
  JOIN people_personversion v ON v.person_id = p.id AND {v}
   AND v.valid_from <= %(on)s::date AND (v.valid_to IS NULL OR v.valid_to > %(on)s::date)
  LEFT JOIN people_salarystep g ON g.person_id = p.id AND {g}
   AND g.valid_from <= %(on)s::date AND (g.valid_to IS NULL OR g.valid_to > %(on)s::date)
 WHERE {a} AND a.kind = 'full'
   AND a.valid_from <= %(on)s::date AND (a.valid_to IS NULL OR a.valid_to > %(on)s::date)
   AND (%(units)s::bigint[] IS NULL OR a.unit_id = ANY(%(units)s::bigint[]))
   AND (%(pool)s = '' OR a.pool = %(pool)s)
   AND /*visible*/
 GROUP BY a.unit_id
