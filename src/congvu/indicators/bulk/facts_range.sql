-- How many and the last dossier of the next share of a first filling. Runs share by share. Index: the primary key of dossiers.
SELECT count(*), max(id) FROM (SELECT id FROM dossiers_dossier WHERE id > %(after)s::bigint ORDER BY id LIMIT %(share)s::int) d
