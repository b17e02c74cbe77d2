-- Hot. The dossiers of a set as now.sql tells them, through the access predicate, and the calendar's number.
-- Runs before every verb: 1 statement for any size of set. Index: primary key, step_once_per_round, reach_by_unit.
WITH d AS MATERIALIZED (  -- first the set, then who may see it: never the other way round
    SELECT * FROM dossiers_dossier WHERE id = ANY(%(ids)s::bigint[])
)
SELECT json_agg(/*now*/),
       (SELECT max(v.number) FROM workdays_calendarversion v)
  FROM d
 WHERE /*visible*/
