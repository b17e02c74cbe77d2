-- The entries behind one sum of the reconciliation, or behind all of them, in order. Runs for its rows and its sheet.
-- Index: fee_by_unit, fee_by_agency.
SELECT f.day, d.code, d.owner_name, f.unit_id, f.for_unit_id, f.kind, f.amount, f.way, f.receipt_no, f.receipt_year, f.reference,
       f.reason, coalesce(who.name, ''), f.id, f.ground, f.percent, f.payer
  FROM dossiers_fee f
  JOIN dossiers_dossier d ON d.id = f.dossier_id
  LEFT JOIN identity_account who ON who.id = f.actor_id
 WHERE f.day BETWEEN %(first)s::date AND %(last)s::date AND {scope} AND {which}
 ORDER BY f.id
 LIMIT %(most)s::int
