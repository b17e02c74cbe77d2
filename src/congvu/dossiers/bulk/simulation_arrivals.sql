-- Dossiers of a procedure received in a period, by day and by the unit that decides: what a simulation lets arrive.
-- Runs when the page of simulations opens and when one is ordered. Index: dossier_by_received, a year of it at most.
SELECT d.competent_unit_id, d.received_on, count(*)
  FROM dossiers_dossier d
 WHERE d.received_on BETWEEN %(first)s::date AND %(last)s::date AND d.procedure_id = %(procedure)s::bigint
   AND d.status <> 3 AND /*visible*/
 GROUP BY 1, 2
