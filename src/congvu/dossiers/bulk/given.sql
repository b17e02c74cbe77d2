-- With whose work dossiers went to whom, oldest first: who does there what the process names the giver for. Asked only of
-- dossiers tied so (Tie.FOLLOWED): in now.sql it cost every verb the opening of two more tables. Rows: few. Index:
-- dossiers_followed by dossier.
SELECT f.dossier_id, h.from_unit_id, h.to_unit_id
  FROM dossiers_followed f JOIN organisation_handover h ON h.id = f.handover_id
 WHERE f.dossier_id = ANY(%(ids)s::bigint[])
   AND NOT EXISTS (SELECT FROM organisation_handover u WHERE u.undoes_id = h.id)
 ORDER BY f.dossier_id, h.effective, h.id
