-- Each citizen or organisation of the dossiers asked for, once: known by number, without one by name. Runs in an export
-- to OCEL, through a server-side cursor.
SELECT DISTINCT ON (coalesce(nullif(d.owner_number, ''), d.owner_name)) d.owner_number, d.owner_name
  FROM dossiers_dossier d
 WHERE {asked}
 ORDER BY coalesce(nullif(d.owner_number, ''), d.owner_name), d.id DESC
