-- How often each branch out of a step was taken by the dossiers of some processes received in a period. Runs when the page
-- of simulations opens on a process with choices. Indexes: dossier_by_received, step_once_per_round.
SELECT d.process_id, s.position, s.branch, count(*)
  FROM dossiers_dossier d JOIN dossiers_step s ON s.dossier_id = d.id
 WHERE d.received_on BETWEEN %(first)s::date AND %(last)s::date AND d.process_id = ANY(%(processes)s::bigint[])
   AND s.branch IS NOT NULL AND s.state IN (2, 4) AND /*visible*/
 GROUP BY 1, 2, 3
