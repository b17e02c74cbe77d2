-- Acts of the sealed audit log, after a mark, of which an applicant is told, with what the words need. Runs every few seconds,
-- for the acts since the last time. Index: the primary keys. Only sealed rows: below a seal no row can appear any more.
SELECT a.id, a.verb, a.at,
       -- of a move between versions the first line, the decision; what became of steps and papers is the office's own
       CASE WHEN a.verb = 'move_version' THEN split_part(a.why, E'\n', 1) ELSE a.why END,
       (a.after->>'due_on')::date, d.id, d.code, d.owner_name, d.owner_phone, d.owner_email,
       d.return_method, d.told_by, d.receiving_unit_id, v.name, p.carrier, p.number,
       coalesce(was.told_by, d.told_by), coalesce(was.phone, ''), coalesce(was.email, ''),  -- '' unless the contact changed
       e.id, e.code, g.name, e.due_first, e.received_at
  FROM audit_auditentry a
  JOIN dossiers_dossier d ON d.id = a.object_id
  JOIN procedures_procedureversion v ON v.id = d.procedure_version_id
  LEFT JOIN dossiers_posting p ON p.dossier_id = d.id
  LEFT JOIN dossiers_envelope_member m ON m.dossier_id = d.id
  LEFT JOIN dossiers_envelope e ON e.id = m.envelope_id
  LEFT JOIN procedures_proceduregroup g ON g.id = e.group_id
  LEFT JOIN LATERAL (SELECT (a.before->>'told_by')::smallint AS told_by,
                            coalesce(a.before->>'owner_phone', d.owner_phone) AS phone,  -- the log names what changed
                            coalesce(a.before->>'owner_email', d.owner_email) AS email)
    was ON a.verb = 'change_contact'
 WHERE a.id > %(after)s::bigint AND a.id <= %(upto)s::bigint AND a.object_kind = 'dossier'
   AND a.verb = ANY(%(verbs)s::text[]) AND a.at >= %(since)s::timestamptz
   AND (d.owner_phone <> '' OR d.owner_email <> '' OR was.phone <> '' OR was.email <> '')
   -- a moved promise: not to whom the official does not want told, nor while the clock stands (the day is told when it goes on)
   AND (a.verb <> ALL('{recompute_due,move_version,undo_move_version}')
        OR (d.status IN (2, 4) AND NOT coalesce(a.after ? 'untold', false)
            AND a.after->>'due_on' IS DISTINCT FROM a.before->>'due_on'))
 ORDER BY a.id
