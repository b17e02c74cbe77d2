-- Who did each step that is done in given dossiers, as they stand on a day: active, a role in the step's unit, who acts for them.
-- Runs when a leader sends dossiers back. Rows: the steps done. Indexes: step_once_per_round, grants and delegations by account.
SELECT s.dossier_id, s.position, s.round, who.id, who.name, who.is_active,
       EXISTS (SELECT 1 FROM identity_grant g
                WHERE g.account_id = who.id AND g.unit_id = s.unit_id
                  AND g.valid_from <= %(day)s::date AND (g.valid_to IS NULL OR g.valid_to >= %(day)s::date)),
       lent.acting_id, lent.name
  FROM dossiers_step s
  JOIN identity_account who ON who.id = s.done_by
  LEFT JOIN LATERAL (SELECT l.acting_id, acting.name
                       FROM identity_delegation l JOIN identity_account acting ON acting.id = l.acting_id AND acting.is_active
                      WHERE l.absent_id = who.id AND %(day)s::date BETWEEN l.valid_from AND l.valid_to
                      ORDER BY l.id DESC LIMIT 1) lent ON true
 WHERE s.dossier_id = ANY(%(ids)s::bigint[]) AND s.state = 2
 ORDER BY s.dossier_id, s.position, s.round
