-- Requests to read personnel files: all that wait, over people the reader sees, and the reader's own. Rows: up to `limit`.
-- Index: request_waiting, request_by_asker.
SELECT r.id, p.number, v.name, asker.name, r.asked_by_id, r.purpose, r.sensitive, r.valid_from, r.valid_to, r.asked_at,
       r.granted, r.reason
  FROM people_filerequest r
  JOIN people_person p ON p.id = r.person_id
  JOIN people_personversion v ON v.person_id = p.id AND v.superseded_at IS NULL AND v.valid_to IS NULL
  JOIN identity_account asker ON asker.id = r.asked_by_id
 WHERE (r.granted IS NULL OR r.asked_by_id = %(account)s::bigint) AND /*visible*/
 ORDER BY r.granted IS NOT NULL, CASE WHEN r.granted IS NULL THEN r.id END, r.id DESC
 LIMIT %(limit)s::int
