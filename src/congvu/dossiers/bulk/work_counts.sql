-- How much work waits in each group of urgency, from the most urgent open steps: bounded however much there is.
-- Runs once per first page of "my work". Index: step_open_by_unit, at most the limit of each unit (work_walk).
SELECT CASE WHEN few.status IN (5, 6, 8) THEN 'paused'
            WHEN few.due_on IS NULL AND few.status = 9 THEN 'collect'
            WHEN few.due_on IS NULL THEN 'undated'
            WHEN few.due_on < %(today)s::date THEN 'late'
            WHEN few.due_on = %(today)s::date THEN 'today'
            WHEN few.due_on <= %(near)s::date THEN 'near'
            ELSE 'later' END AS urgency,
       count(*)
  FROM (SELECT near.due_on, near.status FROM ({walks}) near ORDER BY near.due_on, near.id LIMIT {limit}) few
 GROUP BY 1
