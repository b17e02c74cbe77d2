-- Under which versions and processes the dossiers of a procedure are running, counted. Runs on the page of moves.
-- Rows: pairs of versions, a few. Index: dossier_open_by_due (all open dossiers).
SELECT d.procedure_version_id, d.process_id, count(*)
  FROM dossiers_dossier d
 WHERE d.ended_on IS NULL AND d.procedure_id = %(procedure)s::bigint AND d.status IN (2, 4, 5, 6, 8) AND d.imported_id IS NULL
   AND /*visible*/
 GROUP BY 1, 2
 ORDER BY 1, 2
