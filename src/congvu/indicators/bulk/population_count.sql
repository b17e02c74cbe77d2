-- A piece: the sums of one population by unit. The pieces of all populations asked are joined by UNION ALL
-- (queries/sql_source.py). Runs when a page of figures is opened or a report is made.
SELECT s.unit_id, ARRAY[{sums}] AS sums
  FROM ({base}) AS s
 WHERE {seen}
 GROUP BY s.unit_id
