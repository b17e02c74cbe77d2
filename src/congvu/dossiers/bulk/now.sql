-- Part of load.sql and load_one.sql: a dossier `d` with the steps it came to and its ledger of pauses, as one JSON array in
-- the order of DossierNow. Reading thirty typed columns cost the client more than the database's whole work, and
-- ordering each dossier's few rows costs more than reading them.
json_build_array(
           d.id, d.code, d.version, d.status, d.procedure_version_id, d.process_id, d.receiving_unit_id, d.competent_unit_id, d.channel,
           d.opened_at, d.received_at, d.term_n, d.term_unit, d.start_policy, d.pause_policy,
           d.due_first, d.due_on, d.due_at, d.calendar_version, d.ended_at, d.ended_on, d.returned_at,
           d.supplements, d.extensions, d.money, d.delivery, d.flagged, d.owner_account_id,
           (SELECT json_agg(json_build_array(s.id, s.position, s.unit_id, s.role, s.state, s.round, s.branch, s.facts, s.officer_id, s.done_by, s.held_for))
              FROM dossiers_step s WHERE s.dossier_id = d.id),
           (SELECT json_agg(json_build_array(p.id, p.kind, p.policy, p.started_at, p.ended_at))
              FROM dossiers_pause p WHERE p.dossier_id = d.id),
           CASE WHEN d.extensions > 0
                THEN (SELECT json_build_array(e.at, e.due_after) FROM dossiers_extension e WHERE e.dossier_id = d.id) END,
           d.ties)
