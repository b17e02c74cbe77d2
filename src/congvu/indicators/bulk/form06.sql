-- Conditions counted over the dossiers of a period, one row per key: Form 06, statistics by unit, figures
-- (queries/counts.py). Runs when a page is opened or a report is made; reads some 110,000 of a million for a month. Each piece is counted on its own, so that neither waits for the other to be
-- sorted, and the few rows of both are added up. The pieces: settled.sql, unsettled.sql, or known.sql alone.
SELECT x.k1, x.k2, {sums}
  FROM ({pieces}) AS x
 GROUP BY x.k1, x.k2
