-- A page of the records of a population for which a condition holds, by title. Runs when a number is opened.
SELECT s.id, s.title, s.subtitle, s.ref, s.unit_id
  FROM ({base}) AS s
 WHERE {asked} AND {seen}
   AND (%(of_units)s::bigint[] IS NULL OR s.unit_id = ANY(%(of_units)s::bigint[]))
   AND (%(after_id)s::bigint IS NULL OR (s.title, s.id) > (%(after_title)s::text, %(after_id)s::bigint))
 ORDER BY s.title, s.id
 LIMIT %(limit)s::int
