-- The decision in force that last gave or took posts of a pool in some of the given units, up to a day.
-- Runs in refusals and for one unit; one row or none. Index: quotaline_by_unit.
SELECT d.id, d.number, d.signed_on
FROM staffing_quotaline l
JOIN staffing_quotadecision d ON d.id = l.decision_id
WHERE l.unit_id = ANY (%(units)s::bigint[])
  AND l.pool = %(pool)s
  AND d.state = 'ISSUED'
  AND d.id <> ALL (%(without)s::bigint[])
  AND d.effective <= %(on)s::date
  AND NOT EXISTS (SELECT FROM staffing_quotadecision c WHERE c.corrects_id = d.id AND c.state = 'ISSUED')
ORDER BY d.effective DESC, d.id DESC
LIMIT 1
