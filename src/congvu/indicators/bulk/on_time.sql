-- Solved and on time by the day of ending (one row a day) and by competent unit (one row a unit), in one reading.
-- Runs when the on-time page is opened; a year of a province is all its dossiers. Index: dossier_by_ended.
SELECT s.ended_on, s.competent_unit_id, count(*) AS solved, count(*) FILTER (WHERE {on_time}) AS on_time
  FROM dossiers_dossier s
 WHERE s.ended_on BETWEEN %(first)s::date AND %(last)s::date AND {solved} AND {visible}
 GROUP BY GROUPING SETS ((s.ended_on), (s.competent_unit_id))
