-- One envelope, or a page of them, with its members as JSON. It is visible when a dossier of it is: the same predicate.
-- Runs for the page of an envelope, its lists and the look-up. Indexes: primary key or the code's, envelope_member_once,
-- envelope_by_unit, envelope_by_account.
SELECT e.id, e.code, e.group_id, e.receiving_unit_id, e.channel, e.return_method, e.subject_kind, e.owner_name, e.owner_number,
       e.owner_phone, e.owner_email, e.owner_address, e.submitter_name, e.submitter_number, e.owner_account_id,
       e.opened_at, e.received_at, e.due_first,
       (SELECT json_agg(json_build_array(m.position, m.procedure_version_id, v.name, p.code, coalesce(d.competent_unit_id, m.competent_unit_id), d.id, d.code,
                                         d.status, d.due_on, d.ended_on, d.returned_at, d.version, d.money, m.closed_at, m.closed_why,
                                         coalesce({member_visible}, false), d.told_by) ORDER BY m.position)
          FROM dossiers_envelope_member m
          JOIN procedures_procedureversion v ON v.id = m.procedure_version_id
          JOIN procedures_procedure p ON p.id = v.procedure_id
          LEFT JOIN dossiers_dossier d ON d.id = m.dossier_id
         WHERE m.envelope_id = e.id)
  FROM dossiers_envelope e
 WHERE {which}
   AND EXISTS (SELECT 1 FROM dossiers_envelope_member vm JOIN dossiers_dossier vd ON vd.id = vm.dossier_id
                WHERE vm.envelope_id = e.id AND {visible})
 ORDER BY e.opened_at {order}, e.id {order}
 LIMIT %(limit)s::int
