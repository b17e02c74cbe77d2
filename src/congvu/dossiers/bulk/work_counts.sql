-- How much work waits in each group of urgency, from the `scan` most urgent open steps: bounded however much there is.
-- Runs once per first page of "my work". Index: step_open_by_unit, `scan` rows of each unit and as many dossiers.
SELECT CASE WHEN few.status IN (5, 6, 8) THEN 'paused'
            WHEN few.due_on IS NULL THEN 'undated'
            WHEN few.due_on < %(today)s::date THEN 'late'
            WHEN few.due_on = %(today)s::date THEN 'today'
            WHEN few.due_on <= %(near)s::date THEN 'near'
            ELSE 'later' END AS urgency,
       count(*)
  FROM (SELECT near.due_on, near.status
          FROM {units} AS u (unit)
         CROSS JOIN LATERAL (
               SELECT s.id, s.due_on, d.status
                 FROM dossiers_step s JOIN dossiers_dossier d ON d.id = s.dossier_id
                WHERE s.unit_id = u.unit AND s.state = 1 AND {inside} AND {filters}
                ORDER BY s.due_on, s.id
                LIMIT {limit}) near
         ORDER BY near.due_on, near.id
         LIMIT {limit}) few
 GROUP BY 1
