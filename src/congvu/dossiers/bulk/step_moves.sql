-- Equal clocks of open steps, counted: runs when the calendar changes, and for its preview. Indexes: those of step_clocks.sql.
SELECT c.began_on, c.late, c.began_at, c.term_n, c.term_unit, c.unit, c.due_on, c.due_at, count(*)
  FROM (/*clocks*/) c
 GROUP BY 1, 2, 3, 4, 5, 6, 7, 8
