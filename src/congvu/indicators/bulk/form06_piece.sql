-- A piece of form06.sql: one block of states, counted.
SELECT {keys}, {columns}
  FROM ({state}) AS s
 WHERE {counted}
 GROUP BY 1, 2
