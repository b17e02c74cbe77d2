-- What of the one-stop sits in given units: open dossiers that name them, open steps, results that wait to be collected,
-- opinions they owe. Runs for the preview of an event and when its record begins and ends. Rows: four for a unit.
-- Indexes: step_open_by_unit, dossier_open_by_due (all that is open), opinion_open_by_asked.
WITH step AS MATERIALIZED (
    SELECT s.unit_id AS unit, s.dossier_id AS id, d.ended_on
      FROM dossiers_step s JOIN dossiers_dossier d ON d.id = s.dossier_id
     WHERE s.state = 1 AND s.unit_id = ANY(%(units)s::bigint[]) AND d.status NOT IN (3, 7, 10)
), named AS MATERIALIZED (
    SELECT u.unit, o.id
      FROM dossiers_dossier o CROSS JOIN LATERAL (VALUES (o.competent_unit_id), (o.receiving_unit_id)) AS u (unit)
     WHERE o.ended_on IS NULL AND o.status NOT IN (3, 7, 10) AND u.unit = ANY(%(units)s::bigint[])
)
SELECT unit, 'dossier', count(*)
  FROM (SELECT unit, id FROM named UNION SELECT unit, id FROM step WHERE ended_on IS NULL) x GROUP BY unit
UNION ALL
SELECT unit, 'task', count(*) FROM step WHERE ended_on IS NULL GROUP BY unit
UNION ALL
SELECT unit, 'result', count(DISTINCT id) FROM step WHERE ended_on IS NOT NULL GROUP BY unit
UNION ALL
SELECT o.asked_unit_id, 'opinion', count(*)  -- what is over waits for nobody's answer
  FROM dossiers_opinion o JOIN dossiers_dossier d ON d.id = o.dossier_id
 WHERE o.answered_at IS NULL AND o.withdrawn_at IS NULL AND o.asked_unit_id = ANY(%(units)s::bigint[])
   AND d.status NOT IN (3, 7, 10)
 GROUP BY o.asked_unit_id
