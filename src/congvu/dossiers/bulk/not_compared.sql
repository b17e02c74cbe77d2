-- Dossiers received in a period that have no process to be compared with. Runs beside conformance.sql. Index: dossier_by_received.
SELECT d.id
  FROM dossiers_dossier d
 WHERE {visible} AND d.received_on BETWEEN %(first)s::date AND %(last)s::date AND NOT ({compared})
 ORDER BY d.id
