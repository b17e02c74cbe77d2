-- The lines of all decisions in force, added up by unit, pool, epoch and asked day: everything a ledger of one or more
-- days is folded from. Runs on every page of the ledger; tens of thousands of lines in, a row per unit, pool and epoch
-- out. The lines are read whole; decisions (hundreds) are hashed. `flow_days` bound the epochs; `asked_before` is how
-- many of the asked days lie before the line's day: it belongs to the days from there on.
-- `known_at` null: as known now.
-- Epochs are worked out once a decision, not once a line.
-- Units that only ever went whole into others (`gone`) have their lines from before that epoch (`until_epoch`) told with
-- the unit that holds them at the end (`heir`), in the last epoch: most of the carrying is done here, by one hash join.
WITH said AS MATERIALIZED (
    SELECT d.id, width_bucket(d.effective, %(flow_days)s::date[]) AS epoch,
           width_bucket(d.effective - 1, %(asked)s::date[]) AS asked_before
      FROM staffing_quotadecision d
     WHERE d.state = 'ISSUED'
       AND d.effective <= %(until)s::date
       AND d.issued_at <= coalesce(%(known_at)s::timestamptz, 'infinity')
       AND NOT EXISTS (
           SELECT FROM staffing_quotadecision c
           WHERE c.corrects_id = d.id AND c.state = 'ISSUED'
             AND c.issued_at <= coalesce(%(known_at)s::timestamptz, 'infinity'))
), added AS (
    SELECT said.epoch, said.asked_before, l.unit_id, l.pool, sum(l.delta) AS posts
      FROM staffing_quotaline l
      JOIN said ON said.id = l.decision_id
     GROUP BY 1, 2, 3, 4
)
SELECT CASE WHEN whole.heir IS NULL THEN added.epoch ELSE cardinality(%(flow_days)s::date[]) END,
       added.asked_before, coalesce(whole.heir, added.unit_id), added.pool, sum(added.posts)::int
  FROM added
  LEFT JOIN unnest(%(gone)s::bigint[], %(until_epoch)s::int[], %(heirs)s::bigint[]) AS whole(unit_id, until_epoch, heir)
    ON whole.unit_id = added.unit_id AND added.epoch < whole.until_epoch
 GROUP BY 1, 2, 3, 4
