-- Head-count of every unit and pool on a day: one head per full post. Rows: units x pools. Index: appointment_by_unit.
-- `{a}` is the belief of the moment.
SELECT a.unit_id, a.pool, count(*)
  FROM people_appointment a
 WHERE {a} AND a.kind = 'full'
   AND a.valid_from <= %(on)s::date AND (a.valid_to IS NULL OR a.valid_to > %(on)s::date)
   AND (%(units)s::bigint[] IS NULL OR a.unit_id = ANY(%(units)s::bigint[]))
 GROUP BY a.unit_id, a.pool
