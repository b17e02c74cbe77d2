-- A piece of fact_counts.sql: a block of states (facts, or rows) at the end of each period, counted. The periods are rows; a
-- single one is put in by the planner as if its days were written in the text.
SELECT p.period, {keys}, {columns}
  FROM (VALUES {periods}) AS p (period, opens, closes, until)
 CROSS JOIN LATERAL ({state}) AS s
 WHERE {counted}
 GROUP BY 1, 2, 3
