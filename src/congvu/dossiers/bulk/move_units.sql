-- Gives a set of dossiers to other units: the competent and receiving unit, the open steps that move along, who may see
-- the dossier (reach), one event and one audit row each. Runs when an agency was wrong or was dissolved: rarely, and for
-- any size of set 1 statement. A dossier whose version moved since it was read is left alone and does not come back.
-- Indexes: primary keys, reach_by_unit.
WITH change AS (
    SELECT * FROM json_to_recordset(%(changes)s::json) AS c (
        id bigint, version int, competent bigint, receiving bigint, tier text, before jsonb, after jsonb)
), written AS (
    UPDATE dossiers_dossier d
       SET competent_unit_id = c.competent, receiving_unit_id = c.receiving, tier = c.tier,
           version = d.version + 1, last_event_at = %(at)s::timestamptz
      FROM change c
     WHERE d.id = c.id AND d.version = c.version
 RETURNING d.id, d.code, d.status, d.due_on, d.ended_on, d.opened_at, d.help_unit_id, c.before, c.after
), moved AS (
    UPDATE dossiers_step s
       SET unit_id = x.unit, officer_id = NULL,
           due_on = CASE WHEN x.anew THEN x.due_on ELSE s.due_on END,
           due_at = CASE WHEN x.anew THEN x.due_at ELSE s.due_at END
      FROM json_to_recordset(%(steps)s::json) AS x (
        id bigint, dossier bigint, unit bigint, anew boolean, due_on date, due_at timestamptz)
      JOIN written w ON w.id = x.dossier
     WHERE s.id = x.id
), reached AS (
    INSERT INTO dossiers_reach (unit_id, opened_at, dossier_id)
    SELECT x.unit, w.opened_at, w.id
      FROM json_to_recordset(%(concerned)s::json) AS x (dossier bigint, unit bigint)
      JOIN written w ON w.id = x.dossier
    ON CONFLICT DO NOTHING
), left_alone AS (  -- a unit the dossier no longer concerns does not see it any more
    DELETE FROM dossiers_reach r
     USING json_to_recordset(%(leaving)s::json) AS x (dossier bigint, unit bigint)
      JOIN written w ON w.id = x.dossier
     WHERE r.unit_id = x.unit AND r.opened_at = w.opened_at AND r.dossier_id = w.id
       AND w.help_unit_id IS DISTINCT FROM x.unit
), logged AS (
    INSERT INTO dossiers_event (dossier_id, at, verb, status_from, status_to, due_on, ended_on, actor_id, office_id, reason)
    SELECT w.id, %(at)s::timestamptz, %(verb)s, w.status, w.status, w.due_on, w.ended_on, %(actor)s::bigint,
           %(office)s::bigint, %(reason)s
      FROM written w
), audited AS (
    INSERT INTO audit_auditentry (at, actor_id, actor_name, office_id, verb, object_kind, object_id, why, before, after)
    SELECT %(at)s::timestamptz, %(actor)s::bigint, %(actor_name)s, %(office)s::bigint, %(verb)s, 'dossier', w.id,
           %(reason)s, w.before, w.after
      FROM written w
)
SELECT id, code, due_on FROM written
