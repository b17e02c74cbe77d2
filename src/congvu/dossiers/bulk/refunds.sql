-- Refunds asked for, newest first, through the access predicate. Runs for «Hoàn trả phí» and the page of one. Indexes:
-- refund_open or the primary key.
SELECT r.id, r.state, r.amount, r.reason, coalesce(d.code, ''), d.owner_name, d.receiving_unit_id, r.asked_at, r.asked_by,
       coalesce(asker.name, ''), r.decision, r.decided_why, r.decided_at, coalesce(decider.name, ''), r.way, r.paid_at,
       coalesce(payer.name, '')
  FROM dossiers_refundrequest r
  JOIN dossiers_dossier d ON d.id = r.dossier_id
  LEFT JOIN identity_account asker ON asker.id = r.asked_by
  LEFT JOIN identity_account decider ON decider.id = r.decided_by
  LEFT JOIN identity_account payer ON payer.id = r.paid_by
 WHERE {which} AND {visible}
 ORDER BY r.id DESC
 LIMIT %(limit)s::int
