-- Writes what a verb decided for a set of dossiers: the rows, the steps closed and opened, the pauses, one event and
-- one audit row each. 1 statement for any size of set, atomic by itself. A dossier whose version moved since it was
-- read is left alone and does not come back: the caller tells its user. Indexes: primary keys only.
WITH change AS (
    SELECT * FROM json_to_recordset(%(changes)s::json) AS c (
        id bigint, version int, status_from smallint, status smallint, due_on date, due_at timestamptz,
        ended_at timestamptz, ended_on date, returned_at timestamptz, supplements smallint, extensions smallint,
        delivery smallint, money smallint, flagged boolean, calendar_version int, step smallint, reason text)
), written AS (
    UPDATE dossiers_dossier d
       SET status = c.status, due_on = c.due_on, due_at = c.due_at, ended_at = c.ended_at, ended_on = c.ended_on,
           returned_at = c.returned_at, supplements = c.supplements, extensions = c.extensions,
           delivery = c.delivery, money = c.money, flagged = c.flagged, calendar_version = c.calendar_version,
           version = d.version + 1, last_event_at = %(at)s::timestamptz
      FROM change c
     WHERE d.id = c.id AND d.version = c.version
 RETURNING c.id, c.status_from, c.status, c.due_on, c.ended_on, c.step, c.reason
), closed AS (
    UPDATE dossiers_step s
       SET state = x.state, done_at = %(at)s::timestamptz, done_by = %(actor)s::bigint, note = coalesce(x.note, '')
      FROM json_to_recordset(%(closing)s::json) AS x (id bigint, dossier bigint, state smallint, note text)
      JOIN written w ON w.id = x.dossier
     WHERE s.id = x.id
), opened AS (
    UPDATE dossiers_step s
       SET waits_for = x.waits_for, state = x.state, due_on = x.due_on, due_at = x.due_at,
           opened_at = CASE WHEN x.state = 1 THEN coalesce(s.opened_at, %(at)s::timestamptz) END
      FROM json_to_recordset(%(opening)s::json)
        AS x (id bigint, dossier bigint, waits_for smallint, state smallint, due_on date, due_at timestamptz)
      JOIN written w ON w.id = x.dossier
     WHERE s.id = x.id
), resumed AS (
    UPDATE dossiers_pause p SET ended_at = %(at)s::timestamptz
      FROM written w
     WHERE p.dossier_id = w.id AND p.ended_at IS NULL AND %(resuming)s::boolean
), paused AS (
    INSERT INTO dossiers_pause (dossier_id, kind, policy, started_at, reason, citation, asked_by)
    SELECT w.id, x.kind, x.policy, %(at)s::timestamptz, w.reason, x.citation, %(actor)s::bigint
      FROM json_to_recordset(%(pausing)s::json) AS x (dossier bigint, kind text, policy text, citation text)
      JOIN written w ON w.id = x.dossier
), logged AS (
    INSERT INTO dossiers_event (dossier_id, at, verb, status_from, status_to, due_on, ended_on, step,
                                actor_id, office_id, reason)
    SELECT w.id, %(at)s::timestamptz, %(verb)s, w.status_from, w.status, w.due_on, w.ended_on, w.step,
           %(actor)s::bigint, %(office)s::bigint, w.reason
      FROM written w
), audited AS (
    INSERT INTO audit_auditentry (at, actor_id, actor_name, office_id, verb, object_kind, object_id, why, before, after)
    SELECT %(at)s::timestamptz, %(actor)s::bigint, %(actor_name)s, %(office)s::bigint, %(verb)s, 'dossier', w.id, w.reason,
           jsonb_build_object('status', w.status_from),
           jsonb_build_object('status', w.status, 'due_on', w.due_on, 'ended_on', w.ended_on, 'step', w.step)
      FROM written w
)
SELECT id FROM written
