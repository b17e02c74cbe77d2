-- What on_time.sql tells, for a reader of the whole province: from the facts of what has ended, and from the rows of those few
-- dossiers of which something was recorded since the facts' mark. So it is what the rows say, and reads narrow lines of one index.
-- Runs when the on-time page is opened. The mark is given as a number: looked up here, the planner would expect a third of all
-- events after it and read them all. Indexes: fact_by_end; the primary keys of events and dossiers.
WITH fresh AS MATERIALIZED (
    SELECT DISTINCT e.dossier_id
      FROM dossiers_event e
     WHERE e.id > %(done)s::bigint
), counted AS (
    SELECT s.ended_on, s.unit_id, count(*) AS solved, count(*) FILTER (WHERE {on_time}) AS on_time
      FROM indicators_dossierfact s
     WHERE s.till = DATE '9999-12-31' AND s.ended_on BETWEEN %(first)s::date AND %(last)s::date AND {solved}
       AND s.dossier_id NOT IN (SELECT f.dossier_id FROM fresh f)
     GROUP BY 1, 2
     UNION ALL
    SELECT s.ended_on, s.competent_unit_id, count(*), count(*) FILTER (WHERE {on_time})
      FROM fresh f JOIN dossiers_dossier s ON s.id = f.dossier_id
     WHERE s.ended_on BETWEEN %(first)s::date AND %(last)s::date AND {solved}
     GROUP BY 1, 2
)
SELECT c.ended_on, c.unit_id, sum(c.solved)::bigint, sum(c.on_time)::bigint
  FROM counted c
 GROUP BY GROUPING SETS ((c.ended_on), (c.unit_id))
