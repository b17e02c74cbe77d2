-- Hot. Writes what a verb decided for a set of dossiers: the rows, the steps closed and opened, the pauses, one event and
-- one audit row each. 1 statement for any size of set, atomic by itself. A dossier whose version moved since it was
-- read is left alone and does not come back: the caller tells its user. Equal decisions travel
-- once, named by number; arrays tell the planner of few rows. Indexes: primary keys only.
WITH decision AS MATERIALIZED (  -- what the audit log keeps is worked out once a decision, not once a dossier
    SELECT c.*, jsonb_build_object('status', c.status_from) AS before,
           jsonb_build_object('status', c.status, 'due_on', c.due_on, 'ended_on', c.ended_on, 'step', c.step) AS after
      FROM json_to_recordset(%(decisions)s::json) AS c (
        nth int, status_from smallint, status smallint, due_on date, due_at timestamptz,
        ended_at timestamptz, ended_on date, returned_at timestamptz, supplements smallint, extensions smallint,
        delivery smallint, money smallint, flagged boolean, calendar_version int, step smallint, reason text)
), change AS (
    SELECT c.*, one.id, one.version
      FROM unnest(%(ids)s::bigint[], %(versions)s::int[], %(alike)s::int[]) AS one (id, version, nth)
      JOIN decision c ON c.nth = one.nth
), written AS (
    UPDATE dossiers_dossier d
       SET status = c.status, due_on = c.due_on, due_at = c.due_at, ended_at = c.ended_at, ended_on = c.ended_on,
           returned_at = c.returned_at, supplements = c.supplements, extensions = c.extensions,
           delivery = c.delivery, money = c.money, flagged = c.flagged, calendar_version = c.calendar_version,
           version = d.version + 1, last_event_at = %(at)s::timestamptz
      FROM change c
     WHERE /*few*/d.id = c.id AND d.version = c.version
 RETURNING c.id, c.status_from, c.status, c.due_on, c.ended_on, c.step, c.reason, c.before, c.after
), stepped AS (
    UPDATE dossiers_step s
       SET state = coalesce(x.state, s.state), note = coalesce(x.note, s.note), branch = coalesce(x.branch, s.branch),
           facts = coalesce(x.facts::jsonb, s.facts),
           due_on = CASE WHEN x.state = 1 THEN x.due_on ELSE s.due_on END,
           due_at = CASE WHEN x.state = 1 THEN x.due_at ELSE s.due_at END,
           done_at = CASE WHEN x.state > 1 THEN coalesce(s.done_at, %(at)s::timestamptz) END,
           done_by = CASE WHEN x.state > 1 THEN coalesce(s.done_by, %(actor)s::bigint) END,
           officer_id = CASE WHEN x.officer IS NULL THEN s.officer_id ELSE nullif(x.officer, 0) END,
           held_for = CASE WHEN x.held_for IS NULL THEN s.held_for ELSE nullif(x.held_for, 0) END
      FROM unnest(%(step_ids)s::bigint[], %(step_dossiers)s::bigint[], %(step_alike)s::int[]) AS one (id, dossier, nth)
      JOIN json_to_recordset(%(moves)s::json) AS x (
        nth int, state smallint, note text, branch smallint, facts text, due_on date, due_at timestamptz,
        officer bigint, held_for bigint) ON x.nth = one.nth
      JOIN written w ON w.id = one.dossier
     WHERE /*few_steps*/s.id = one.id
), opened AS (
    INSERT INTO dossiers_step (dossier_id, position, round, name, unit_id, role, state, opened_at, due_on, due_at, officer_id,
                               held_for, note)
    SELECT w.id, x.position, x.round, x.name, x.unit, x.role, 1, %(at)s::timestamptz, x.due_on, x.due_at, x.officer, x.held_for, ''
      FROM unnest(%(open_dossiers)s::bigint[], %(open_alike)s::int[]) AS one (dossier, nth)
      JOIN json_to_recordset(%(openings)s::json) AS x (
        nth int, position smallint, round smallint, name text, unit bigint, role text, due_on date, due_at timestamptz,
        officer bigint, held_for bigint) ON x.nth = one.nth
      JOIN written w ON w.id = one.dossier
/*pauses*/), logged AS (
    INSERT INTO dossiers_event (dossier_id, at, verb, status_from, status_to, due_on, ended_on, step,
                                actor_id, office_id, reason)
    SELECT w.id, %(at)s::timestamptz, %(verb)s, w.status_from, w.status, w.due_on, w.ended_on, w.step,
           %(actor)s::bigint, %(office)s::bigint, w.reason
      FROM written w
), audited AS (
    INSERT INTO audit_auditentry (at, actor_id, actor_name, office_id, verb, object_kind, object_id, why, before, after)
    SELECT %(at)s::timestamptz, %(actor)s::bigint, %(actor_name)s, %(office)s::bigint, %(verb)s, 'dossier', w.id, w.reason,
           w.before, w.after
      FROM written w
)
SELECT id FROM written
