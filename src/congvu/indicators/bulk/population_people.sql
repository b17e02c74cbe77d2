-- People in full posts on the last day, one row a person, with what the report on the staff asks of each: some thousand
-- rows. Population people. Index: appointment_by_unit.
SELECT a.id, a.unit_id, 1 AS n, v.name AS title, concat_ws(' · ', p.number, a.position) AS subtitle, p.number AS ref, a.pool, v.sex,
       CASE WHEN v.ethnicity = 'Kinh' THEN 'kinh' ELSE 'thieu-so' END AS ethnicity,
       coalesce(nullif(v.qualification, ''), 'chua-ghi') AS qualification,
       coalesce(nullif(v.politics, ''), 'chua-ghi') AS politics,
       CASE WHEN date_part('year', age(%(last)s::date, v.birth)) <= 30 THEN 'den-30'
            WHEN date_part('year', age(%(last)s::date, v.birth)) <= 40 THEN '31-40'
            WHEN date_part('year', age(%(last)s::date, v.birth)) <= 50 THEN '41-50'
            WHEN date_part('year', age(%(last)s::date, v.birth)) <= 60 THEN '51-60'
            ELSE 'tren-60' END AS age
  FROM people_appointment a
  JOIN people_person p ON p.id = a.person_id
  JOIN people_personversion v ON v.person_id = p.id
   AND v.valid_from <= %(last)s::date AND (v.valid_to IS NULL OR v.valid_to > %(last)s::date)
   AND v.recorded_at < coalesce(%(known_until)s::timestamptz, 'infinity')
   AND (v.superseded_at IS NULL OR v.superseded_at >= %(known_until)s::timestamptz)
 WHERE a.kind = 'full' AND a.valid_from <= %(last)s::date AND (a.valid_to IS NULL OR a.valid_to > %(last)s::date)
   AND a.recorded_at < coalesce(%(known_until)s::timestamptz, 'infinity')
   AND (a.superseded_at IS NULL OR a.superseded_at >= %(known_until)s::timestamptz)
