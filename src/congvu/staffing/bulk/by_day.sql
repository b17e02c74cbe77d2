-- The lines of all decisions in force by day, unit and pool: what the check against balances below zero walks.
-- Runs when decisions are issued, twice; the lines are read whole. `without`: decisions left out, and what they correct
-- put back: the ledger as it was before them.
SELECT d.effective, l.unit_id, l.pool, sum(l.delta)::int
FROM staffing_quotaline l
JOIN staffing_quotadecision d ON d.id = l.decision_id
WHERE d.state = 'ISSUED'
  AND d.id <> ALL (%(without)s::bigint[])
  AND l.pool = ANY (%(pools)s::text[])
  AND NOT EXISTS (
      SELECT FROM staffing_quotadecision c
      WHERE c.corrects_id = d.id AND c.state = 'ISSUED' AND c.id <> ALL (%(without)s::bigint[]))
GROUP BY 1, 2, 3
