-- Moves a set of dossiers to another version: their rows, what they were (to go back exactly), one event and one audit row
-- each; their steps are parked below zero, to be placed by move_version_steps in the same transaction (a step may take the
-- position another leaves). A dossier whose version moved since it was read is left alone and does not come back.
-- Runs when an official moves running dossiers, at most some hundred at once. Indexes: primary keys, step_once_per_round.
WITH change AS (
    SELECT * FROM json_to_recordset(%(changes)s::json) AS c (
        id bigint, version int, "case" bigint, term_n int, term_unit text, due_on date, due_at timestamptz,
        extensions smallint, calendar_version int, said jsonb, reason text)
), written AS (
    UPDATE dossiers_dossier d
       SET procedure_version_id = %(to_version)s::bigint, process_id = %(to_process)s::bigint, case_id = c."case",
           term_n = c.term_n, term_unit = c.term_unit, due_on = c.due_on, due_at = c.due_at, extensions = c.extensions,
           calendar_version = c.calendar_version, version = d.version + 1, last_event_at = %(at)s::timestamptz
      FROM change c
     WHERE d.id = c.id AND d.version = c.version
 RETURNING d.id, d.code, d.status, d.due_on, d.ended_on, d.version, c.said, c.reason
), was AS (  -- the statement's snapshot: rows as they were before it
    SELECT w.id, w.version, w.due_on, w.said, o.due_on AS due_before, o.procedure_version_id, o.process_id,
           jsonb_build_object(
               'row', jsonb_build_object(
                   'procedure_version_id', o.procedure_version_id, 'process_id', o.process_id, 'case_id', o.case_id,
                   'term_n', o.term_n, 'term_unit', o.term_unit, 'due_on', o.due_on, 'due_at', o.due_at,
                   'extensions', o.extensions, 'calendar_version', o.calendar_version),
               'steps', (SELECT coalesce(jsonb_agg(to_jsonb(s)), '[]') FROM dossiers_step s WHERE s.dossier_id = o.id),
               'papers', (SELECT coalesce(jsonb_agg(jsonb_build_object('id', p.id, 'case_paper', p.case_paper_id)), '[]')
                            FROM dossiers_paper p WHERE p.dossier_id = o.id),
               'opinions', (SELECT coalesce(jsonb_agg(jsonb_build_object('id', q.id, 'step', q.step)), '[]')
                              FROM dossiers_opinion q WHERE q.dossier_id = o.id),
               'drafts', (SELECT coalesce(jsonb_agg(jsonb_build_object('id', t.id, 'step', t.step)), '[]')
                            FROM dossiers_draft_result t WHERE t.dossier_id = o.id),
               'subs', (SELECT coalesce(jsonb_agg(jsonb_build_object('id', c.id, 'position', c.position, 'round', c.round)), '[]')
                          FROM dossiers_sub c WHERE c.parent_id = o.id),
               'reach', (SELECT coalesce(jsonb_agg(r.unit_id), '[]') FROM dossiers_reach r
                          WHERE r.dossier_id = o.id AND r.opened_at = o.opened_at
                            AND r.unit_id = ANY(%(units)s::bigint[]))) AS before
      FROM written w JOIN dossiers_dossier o ON o.id = w.id
), kept AS (
    INSERT INTO dossiers_moved (move_id, dossier_id, version_after, due_before, due_after, changes, before)
    SELECT %(move)s::bigint, id, version, due_before, due_on, said, before FROM was
), parked AS (
    UPDATE dossiers_step s SET position = -1 - s.position FROM written w WHERE s.dossier_id = w.id
), parked_subs AS (
    UPDATE dossiers_sub c SET position = -1 - c.position FROM written w WHERE c.parent_id = w.id
), logged AS (
    INSERT INTO dossiers_event (dossier_id, at, verb, status_from, status_to, due_on, ended_on, actor_id, office_id, reason)
    SELECT w.id, %(at)s::timestamptz, 'move_version', w.status, w.status, w.due_on, w.ended_on, %(actor)s::bigint,
           %(office)s::bigint, w.reason
      FROM written w
), audited AS (
    INSERT INTO audit_auditentry (at, actor_id, actor_name, office_id, verb, object_kind, object_id, why, before, after)
    SELECT %(at)s::timestamptz, %(actor)s::bigint, %(actor_name)s, %(office)s::bigint, 'move_version', 'dossier', w.id,
           w.reason,
           jsonb_build_object('version', was.procedure_version_id, 'process', was.process_id, 'due_on', was.due_before),
           jsonb_build_object('version', %(to_version)s::bigint, 'process', %(to_process)s::bigint, 'due_on', w.due_on,
                              'move', %(move)s::bigint)
      FROM written w JOIN was ON was.id = w.id
)
SELECT id, code, due_on FROM written
