-- The dossiers that owe a fee at some one-stops, longest first, with what each still owes. Runs for the list of what is to be
-- collected; keyset by id. Index: dossier_owing, dossiers_fee by dossier.
SELECT d.id, d.code, d.owner_name, d.owner_phone, v.name, d.received_on, d.status, d.receiving_unit_id, f.charged, f.owed, f.why
  FROM dossiers_dossier d
  JOIN procedures_procedureversion v ON v.id = d.procedure_version_id
 CROSS JOIN LATERAL (
    SELECT coalesce(sum(amount) FILTER (WHERE kind = 'charged'), 0) AS charged,
           coalesce(sum(CASE WHEN kind IN ('charged', 'voided', 'refunded') THEN amount ELSE -amount END), 0) AS owed,
           string_agg(reason, '; ' ORDER BY id) FILTER (WHERE kind = 'charged') AS why
      FROM dossiers_fee WHERE dossier_id = d.id) f
 WHERE d.money = 1 AND d.code IS NOT NULL AND d.id > %(after)s::bigint AND {units} AND {visible}
 ORDER BY d.id
 LIMIT %(limit)s::int
