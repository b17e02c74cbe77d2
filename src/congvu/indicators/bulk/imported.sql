-- What each import of past cases amounts to, as its dossiers stand now. Runs when the page of imports is opened.
-- Index: dossier_imported_once.
SELECT s.imported_id, {counts}, count(*) FILTER (WHERE s.flagged) AS doubtful
  FROM dossiers_dossier s
 WHERE s.imported_id IS NOT NULL AND s.external_ref <> '' AND {visible}
 GROUP BY s.imported_id
