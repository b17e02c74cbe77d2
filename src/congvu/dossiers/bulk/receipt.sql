-- One receipt of the ledger of fees: its payment, what was charged, whether it was voided, how often it was printed. Runs for the
-- receipt's page and its PDF, through the access predicate. 1 row. Indexes: primary keys, dossiers_fee by dossier.
SELECT f.id, d.id, d.code, u.code, f.receipt_year, f.receipt_no, f.amount, f.way, f.reference, f.at, f.unit_id, f.for_unit_id, f.payer,
       d.owner_address, coalesce(who.name, ''), p.code, v.name,
       ARRAY(SELECT c.reason FROM dossiers_fee c WHERE c.dossier_id = d.id AND c.kind = 'charged' AND c.id < f.id ORDER BY c.id),
       x.reason, x.at, (SELECT count(*) FROM dossiers_receiptprint r WHERE r.entry_id = f.id), f.key IS NOT NULL
  FROM dossiers_fee f
  JOIN dossiers_dossier d ON d.id = f.dossier_id
  JOIN organisation_unit u ON u.id = f.unit_id
  JOIN procedures_procedure p ON p.id = d.procedure_id
  JOIN procedures_procedureversion v ON v.id = d.procedure_version_id
  LEFT JOIN identity_account who ON who.id = f.actor_id
  LEFT JOIN dossiers_fee x ON x.dossier_id = d.id AND x.voids_id = f.id
 WHERE f.id = %(id)s::bigint AND f.kind = 'paid' AND {visible}
