-- Hot. What load.sql reads, of one dossier: gathering a set of one costs a third of the reading. No row when it is not there
-- or not to be seen. 1 statement. Index: primary key, step_once_per_round, reach_by_unit.
SELECT /*now*/::text,
       (SELECT max(v.number) FROM workdays_calendarversion v)
  FROM dossiers_dossier d
 WHERE d.id = %(id)s::bigint AND /*visible*/
