-- Form 06: one row per key, columns 3 to 13. Runs when the page is opened or a report is made; reads some 110,000 of a
-- million dossiers for a province's month. Each piece is counted on its own, so that neither waits for the other to be
-- sorted, and the few rows of both are added up. The pieces: settled.sql, unsettled.sql, or known.sql alone.
SELECT x.k1, x.k2, {sums}
  FROM ({pieces}) AS x
 GROUP BY x.k1, x.k2
