-- All that a personnel file holds, as believed at the moment asked; its sensitive lines only when `sensitive` says so. Rows: 1. Index: by person.
-- `hid`: parts that a later correction, whenever recorded, found sensitive, and what those were before.
WITH RECURSIVE hid(id) AS (
    SELECT c.old_id FROM people_correction c WHERE c.person_id = %(person)s::bigint AND c.line = 'part' AND c.sensitive
    UNION
    SELECT c.old_id FROM hid JOIN people_correction c ON c.new_id = hid.id
     WHERE c.person_id = %(person)s::bigint AND c.line = 'part')
SELECT (SELECT coalesce(jsonb_agg(to_jsonb(v) ORDER BY v.valid_from, v.id), '[]')
          FROM people_personversion v WHERE v.person_id = %(person)s::bigint AND {v}),
       (SELECT coalesce(jsonb_agg(to_jsonb(s) ORDER BY s.valid_from, s.id), '[]')
          FROM people_salarystep s WHERE s.person_id = %(person)s::bigint AND {s}),
       (SELECT coalesce(jsonb_agg(to_jsonb(f) || jsonb_build_object('destroyed_by', d.decision_number,
                 'sensitive', f.sensitive OR f.id IN (SELECT hid.id FROM hid))
                 ORDER BY f.first NULLS LAST, f.id), '[]')
          FROM people_filepart f LEFT JOIN people_destruction d ON d.id = f.destruction_id
         WHERE f.person_id = %(person)s::bigint AND {f}),
       (SELECT coalesce(jsonb_agg(to_jsonb(c) || jsonb_build_object('sensitive',
                 c.sensitive OR c.line = 'part' AND c.old_id IN (SELECT hid.id FROM hid)) ORDER BY c.recorded_at, c.id), '[]')
          FROM people_correction c
         WHERE c.person_id = %(person)s::bigint
           AND (%(known)s::timestamptz IS NULL OR c.recorded_at <= %(known)s::timestamptz)),
       (SELECT coalesce(jsonb_agg(to_jsonb(h) ORDER BY h."on", h.id), '[]')
          FROM people_filehandover h
         WHERE h.person_id = %(person)s::bigint
           AND (%(known)s::timestamptz IS NULL OR h.recorded_at <= %(known)s::timestamptz)),
       CASE WHEN %(sensitive)s THEN
         (SELECT n.facts FROM people_sensitiveversion n
           WHERE n.person_id = %(person)s::bigint AND {n} AND n.valid_from <= %(on)s::date
             AND (n.valid_to IS NULL OR n.valid_to > %(on)s::date) LIMIT 1) END
