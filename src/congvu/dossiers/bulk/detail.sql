-- One dossier with everything its page shows, through the access predicate. Runs for the page of a dossier.
-- 1 row; the sub-lists come as JSON. Indexes: primary key or the code's, step_once_per_round, event_by_dossier,
-- refund_by_dossier.
SELECT d.id, d.code, d.version, d.status, d.money, d.delivery, d.flagged, d.summary, d.copies, d.return_method,
       d.subject_kind, d.owner_name, d.owner_number, d.owner_phone, d.owner_email, d.owner_address, d.submitter_name,
       d.submitter_number, d.owner_account_id, d.channel, d.receiving_unit_id, d.competent_unit_id, d.help_unit_id,
       d.opened_at, d.received_at, d.received_on, d.term_n, d.term_unit, d.start_policy, d.pause_policy, d.due_first,
       d.due_on, d.due_at, d.ended_at, d.ended_on, d.returned_at, d.supplements, d.extensions,
       p.code, v.name, v.id, d.process_id, c.name, f.name, d.case_id, other.code, other.id, d.told_by,
       (SELECT json_agg(json_build_array(s.id, s.position, s.name, s.unit_id, s.role, s.state, s.opened_at, s.due_on, s.due_at, s.done_at,
                                         coalesce(worker.name, ''), coalesce(officer.name, ''), s.note, s.round, s.branch, s.facts)
                        ORDER BY s.position, s.round)
          FROM dossiers_step s
          LEFT JOIN identity_account worker ON worker.id = s.done_by
          LEFT JOIN identity_account officer ON officer.id = s.officer_id
         WHERE s.dossier_id = d.id) AS steps,
       (SELECT json_agg(json_build_array(x.kind, x.policy, x.started_at, x.ended_at, x.reason, x.citation)
                        ORDER BY x.started_at)
          FROM dossiers_pause x WHERE x.dossier_id = d.id) AS pauses,
       (SELECT json_build_array(x.at, x.due_before, x.due_after, x.reason)
          FROM dossiers_extension x WHERE x.dossier_id = d.id) AS extension,
       (SELECT json_agg(json_build_array(x.id, x."order", x.name, x.received, x.originals, x.certified, x.copies,
                                         x.digitised, x.file_id, x.file_name, x.added_at, k.size)
                        ORDER BY x."order", x.id)
          FROM dossiers_paper x LEFT JOIN files_storedfile k ON k.id = x.file_id WHERE x.dossier_id = d.id) AS papers,
       (SELECT json_agg(json_build_array(x.id, x.name, x.number, x.signed_on, x.signer, x.file_id, x.file_name,
                                         x.received_by, x.check_code) ORDER BY x.id)
          FROM dossiers_result x WHERE x.dossier_id = d.id) AS results,
       (SELECT json_agg(json_build_array(e.at, e.recorded_at, e.verb, e.status_to, e.due_on, e.step,
                                         coalesce(who.name, ''), e.office_id, e.reason) ORDER BY e.at DESC, e.id DESC)
          FROM (SELECT * FROM dossiers_event e WHERE e.dossier_id = d.id ORDER BY e.at DESC, e.id DESC LIMIT 200) e
          LEFT JOIN identity_account who ON who.id = e.actor_id) AS events,
       (SELECT json_agg(json_build_array(n.code, n.id)) FROM dossiers_dossier n WHERE n.corrects_id = d.id) AS corrected_by,
       (SELECT json_build_array(x.carrier, x.number, x.posted_at, x.came_back_at, x.came_back_why)
          FROM dossiers_posting x WHERE x.dossier_id = d.id) AS parcel,
       (SELECT json_build_array(x.id, x.state) FROM dossiers_refundrequest x
         WHERE x.dossier_id = d.id ORDER BY x.id DESC LIMIT 1) AS refund,
       CASE WHEN d.ties & 128 <> 0
            THEN (SELECT json_agg(json_build_array(h.from_unit_id, h.to_unit_id) ORDER BY h.effective, h.id)
                FROM dossiers_followed f JOIN organisation_handover h ON h.id = f.handover_id
               WHERE f.dossier_id = d.id
                 AND NOT EXISTS (SELECT FROM organisation_handover u WHERE u.undoes_id = h.id)) END AS given
  FROM dossiers_dossier d
  JOIN procedures_procedureversion v ON v.id = d.procedure_version_id
  JOIN procedures_procedure p ON p.id = d.procedure_id
  JOIN procedures_field f ON f.id = d.field_id
  LEFT JOIN procedures_procedurecase c ON c.id = d.case_id
  LEFT JOIN dossiers_dossier other ON other.id = d.corrects_id
 WHERE {which} AND {visible}
