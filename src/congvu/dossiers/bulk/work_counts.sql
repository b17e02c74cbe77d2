-- How much work waits in each group of urgency, each counted no further than `cap`. Runs once per first page.
-- Index: step_open_by_unit, a range of due days per group.
SELECT g.name, (SELECT count(*) FROM (
         SELECT 1 FROM dossiers_step s JOIN dossiers_dossier d ON d.id = s.dossier_id
          WHERE s.unit_id = ANY(%(work_units)s::bigint[]) AND s.state = 1
            AND s.due_on BETWEEN g.first AND g.last AND {running} AND {visible} AND {filters}
          LIMIT %(cap)s::int) AS capped)
  FROM (VALUES ('late', '-infinity'::date, %(yesterday)s::date), ('today', %(today)s::date, %(today)s::date),
               ('near', %(tomorrow)s::date, %(near)s::date), ('later', %(after_near)s::date, 'infinity'::date)
       ) AS g (name, first, last)
 UNION ALL
SELECT 'undated', (SELECT count(*) FROM (
         SELECT 1 FROM dossiers_step s JOIN dossiers_dossier d ON d.id = s.dossier_id
          WHERE s.unit_id = ANY(%(work_units)s::bigint[]) AND s.state = 1 AND s.due_on IS NULL
            AND {running} AND {visible} AND {filters}
          LIMIT %(cap)s::int) AS capped)
 UNION ALL
SELECT 'paused', (SELECT count(*) FROM (
         SELECT 1 FROM dossiers_step s JOIN dossiers_dossier d ON d.id = s.dossier_id
          WHERE s.unit_id = ANY(%(work_units)s::bigint[]) AND s.state = 1
            AND d.status IN (5, 6, 8) AND {visible} AND {filters}
          LIMIT %(cap)s::int) AS capped)
