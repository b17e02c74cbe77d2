-- Who left the service and whose file has not gone on since, the longest gone first. Rows: one page.
-- Index: appointment_left.
SELECT p.id, p.number, v.name, l.valid_to, l.ending, l.unit_id
  FROM people_appointment l
  JOIN people_person p ON p.id = l.person_id
  JOIN people_personversion v ON v.person_id = p.id AND v.superseded_at IS NULL AND v.valid_to IS NULL
 WHERE l.superseded_at IS NULL AND l.ending = ANY(%(leaving)s::text[]) AND l.kind = 'full' AND l.valid_to <= %(today)s::date
   AND NOT EXISTS (
     SELECT FROM people_appointment n WHERE n.person_id = p.id AND n.superseded_at IS NULL AND n.id <> l.id
        AND (n.valid_to IS NULL OR n.valid_to > l.valid_to))
   AND NOT EXISTS (
     SELECT FROM people_filehandover h WHERE h.person_id = p.id AND h.way <> 'nhan' AND h."on" >= l.valid_to
        AND NOT h.struck_out AND NOT EXISTS (SELECT FROM people_filehandover c WHERE c.corrects_id = h.id))
   AND /*visible*/
   AND (%(after)s::date IS NULL OR (l.valid_to, p.id) > (%(after)s::date, %(after_id)s::bigint))
 ORDER BY l.valid_to, p.id
 LIMIT %(limit)s::int
