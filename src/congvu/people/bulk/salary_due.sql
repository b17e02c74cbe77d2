-- People in post whose next salary step is due up to a day, longest waiting first. Rows: one page. Index: salary_by_due.
SELECT p.id, p.number, v.name, s.grade, s.step, s.over_frame, s.coefficient, s.next_due, a.unit_id
  FROM people_salarystep s
  JOIN people_person p ON p.id = s.person_id
  JOIN people_personversion v ON v.person_id = p.id AND v.superseded_at IS NULL AND v.valid_to IS NULL
 CROSS JOIN LATERAL (
    SELECT a.unit_id FROM people_appointment a
     WHERE a.person_id = p.id AND a.superseded_at IS NULL AND a.kind = 'full'
       AND a.valid_from <= %(today)s::date AND (a.valid_to IS NULL OR a.valid_to > %(today)s::date)
     LIMIT 1) a
 WHERE s.superseded_at IS NULL AND s.valid_to IS NULL AND s.next_due <= %(until)s::date
   AND /*visible*/
   AND (%(after)s::date IS NULL OR (s.next_due, p.id) > (%(after)s::date, %(after_id)s::bigint))
 ORDER BY s.next_due, p.id
 LIMIT %(limit)s::int
