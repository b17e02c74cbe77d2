-- The digest of the codes of the dossiers behind one number, in the order of their letters, a line each. Runs when a report is
-- approved, once for each number. The same pieces and conditions as form06.sql.
SELECT encode(sha256(convert_to(coalesce(string_agg(x.code, E'\n' ORDER BY x.code COLLATE "C"), ''), 'UTF8')), 'hex')
  FROM (SELECT coalesce(d.code, s.id::text) AS code
          FROM ({state}) AS s
          JOIN dossiers_dossier d ON d.id = s.id
         WHERE {asked} AND {row}) AS x
