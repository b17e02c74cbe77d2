-- People in a full post today whose last day of work lies in the asked months, the first to leave first. Rows: one page.
-- `last_days` are those of the births from `born_from` to `born_to` of `sexes`: a row a month, worked out by the rule.
SELECT p.id, p.number, v.name, v.birth, v.sex, v.sort_key, a.unit_id, a.position, a.kind, a.pool, a.valid_from, born.last_day
  FROM unnest(%(sexes)s::text[], %(born_from)s::date[], %(born_to)s::date[], %(last_days)s::date[])
       AS born(sex, first, last, last_day)
  JOIN people_personversion v ON v.sex = born.sex AND v.birth BETWEEN born.first AND born.last
   AND v.superseded_at IS NULL AND v.valid_from <= %(today)s::date AND (v.valid_to IS NULL OR v.valid_to > %(today)s::date)
  JOIN people_person p ON p.id = v.person_id
 CROSS JOIN LATERAL (
    SELECT a.* FROM people_appointment a
     WHERE a.person_id = p.id AND a.superseded_at IS NULL AND a.kind = 'full'
       AND a.valid_from <= %(today)s::date AND (a.valid_to IS NULL OR a.valid_to > %(today)s::date)
     ORDER BY a.id LIMIT 1) a
 WHERE /*visible*/
   AND (NOT %(untold)s OR NOT EXISTS (
        SELECT FROM people_retirementnotice n WHERE n.person_id = p.id AND n.superseded_at IS NULL))
   AND (%(after_day)s::date IS NULL
        OR (born.last_day, v.sort_key, p.id) > (%(after_day)s::date, %(after)s::text, %(after_id)s::bigint))
 ORDER BY born.last_day, v.sort_key, p.id
 LIMIT %(limit)s::int
