-- The store of results of one person: what was granted to the owner with this personal number. Runs at a reception for that
-- person and on the citizen's own page. At most 50 rows. Index: dossier_search finds the number, few rows are left.
SELECT r.id, r.name, r.number, r.signed_on, r.valid_until, r.file_id, r.file_name, d.id, d.code, r.added_at
  FROM dossiers_dossier d
  JOIN dossiers_result r ON r.dossier_id = d.id
 WHERE to_tsvector('simple'::regconfig, COALESCE(d.search_text, '')) @@ plainto_tsquery('simple'::regconfig, %(number)s) AND d.owner_number = %(number)s
   AND d.status = ANY(%(done)s::smallint[]) AND r.verdict <> %(refused)s::smallint
 ORDER BY r.added_at DESC, r.id DESC
 LIMIT 50
