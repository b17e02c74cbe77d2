-- Running dossiers with their case and papers, oldest first: of one version and process for a preview, or named for the
-- act itself. Runs once a preview and once a move. Indexes: dossier_open_by_due (all open dossiers) or the primary key,
-- the papers' foreign key.
SELECT d.id, d.case_id,
       (SELECT json_agg(json_build_array(p.id, p.case_paper_id)) FROM dossiers_paper p WHERE p.dossier_id = d.id)
  FROM dossiers_dossier d
 WHERE d.ended_on IS NULL AND {which} AND d.status IN (2, 4, 5, 6, 8) AND d.imported_id IS NULL AND {visible}
 ORDER BY d.id
 LIMIT %(limit)s::int
