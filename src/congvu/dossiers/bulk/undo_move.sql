-- Takes a move of dossiers back: the rows of those nobody has touched since (their version is the one the move left), an
-- event and an audit row each; their steps are parked below zero for undo_move_steps. The others do not come back.
-- Runs when an official undoes a move. Indexes: moved_once_a_move, primary keys, step_once_per_round.
WITH item AS (
    SELECT m.id AS item, m.dossier_id, m.version_after, m.due_after, m.before -> 'row' AS r
      FROM dossiers_moved m WHERE m.move_id = %(move)s::bigint AND m.undone_at IS NULL
), written AS (
    UPDATE dossiers_dossier d
       SET procedure_version_id = (r ->> 'procedure_version_id')::bigint, process_id = (r ->> 'process_id')::bigint,
           case_id = (r ->> 'case_id')::bigint, term_n = (r ->> 'term_n')::int, term_unit = r ->> 'term_unit',
           due_on = (r ->> 'due_on')::date, due_at = (r ->> 'due_at')::timestamptz,
           extensions = (r ->> 'extensions')::smallint, calendar_version = (r ->> 'calendar_version')::int,
           version = d.version + 1, last_event_at = %(at)s::timestamptz
      FROM item
     WHERE d.id = item.dossier_id AND d.version = item.version_after
 RETURNING d.id, d.code, d.status, d.due_on, d.ended_on, item.item, item.due_after
), marked AS (
    UPDATE dossiers_moved m SET undone_at = %(at)s::timestamptz FROM written w WHERE m.id = w.item
), parked AS (
    UPDATE dossiers_step s SET position = -1 - s.position FROM written w WHERE s.dossier_id = w.id
), parked_subs AS (
    UPDATE dossiers_sub c SET position = -1 - c.position FROM written w WHERE c.parent_id = w.id
), logged AS (
    INSERT INTO dossiers_event (dossier_id, at, verb, status_from, status_to, due_on, ended_on, actor_id, office_id, reason)
    SELECT w.id, %(at)s::timestamptz, 'undo_move_version', w.status, w.status, w.due_on, w.ended_on, %(actor)s::bigint,
           %(office)s::bigint, %(why)s
      FROM written w
), audited AS (
    INSERT INTO audit_auditentry (at, actor_id, actor_name, office_id, verb, object_kind, object_id, why, before, after)
    SELECT %(at)s::timestamptz, %(actor)s::bigint, %(actor_name)s, %(office)s::bigint, 'undo_move_version', 'dossier', w.id,
           %(why)s, jsonb_build_object('due_on', w.due_after), jsonb_build_object('due_on', w.due_on, 'move', %(move)s::bigint)
      FROM written w
)
SELECT id, code, due_on FROM written
