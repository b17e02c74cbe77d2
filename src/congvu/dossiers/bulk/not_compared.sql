-- Dossiers received in a period that have no process to be compared with: how many, or which. Runs beside conformance.sql.
-- Index: dossier_by_received.
SELECT {asked_for}
  FROM dossiers_dossier d
 WHERE {visible} AND d.received_on BETWEEN %(first)s::date AND %(last)s::date AND NOT ({compared})
{ordered}
