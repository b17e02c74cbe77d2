-- Gives a set of dossiers to other units: the competent and receiving unit, the open steps that move along, who may see
-- the dossier (reach), the open requests for opinions, the agency it had until then, one event and one audit row each.
-- Runs when an agency was wrong or was dissolved: rarely, and for any size of set 1 statement. A dossier whose version moved since it was read is left alone and does not come back.
-- Indexes: primary keys, reach_by_unit.
WITH change AS (
    SELECT * FROM json_to_recordset(%(changes)s::json) AS c (
        id bigint, version int, competent bigint, receiving bigint, tier text, before jsonb, after jsonb)
), former AS (  -- read before the row forgets it; a statistic of an earlier day asks for it
    SELECT d.id, d.competent_unit_id AS unit, d.tier FROM dossiers_dossier d JOIN change c ON c.id = d.id
     WHERE d.competent_unit_id <> c.competent
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
), asked AS (  -- an open request for an opinion goes with the step it was asked from; the agency asked needs not ask itself
    UPDATE dossiers_opinion o
       SET receiving_unit_id = m.receiving,
           asking_unit_id = CASE WHEN m.unit IS NULL OR m.unit = o.asked_unit_id THEN o.asking_unit_id ELSE m.unit END,
           withdrawn_at = CASE WHEN m.unit = o.asked_unit_id THEN %(at)s::timestamptz END,
           withdrawn_by = CASE WHEN m.unit = o.asked_unit_id THEN %(actor)s::bigint END,
           withdrawn_why = CASE WHEN m.unit = o.asked_unit_id
                                THEN 'Hồ sơ đã chuyển về chính cơ quan được hỏi: ' || %(reason)s::text ELSE '' END
      FROM (SELECT q.id, c.receiving, x.unit
              FROM written w JOIN change c ON c.id = w.id JOIN dossiers_opinion q ON q.dossier_id = w.id
              LEFT JOIN json_to_recordset(%(steps)s::json) AS x (dossier bigint, position smallint, "from" bigint, unit bigint)
                ON x.dossier = w.id AND x.position = q.step AND x."from" = q.asking_unit_id
             WHERE q.answered_at IS NULL AND q.withdrawn_at IS NULL) m
     WHERE o.id = m.id
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
       AND NOT EXISTS (SELECT 1 FROM dossiers_opinion o  -- it still owes an answer
                        WHERE o.dossier_id = w.id AND o.asked_unit_id = x.unit AND o.answered_at IS NULL AND o.withdrawn_at IS NULL)
), remembered AS (
    INSERT INTO dossiers_former_unit (dossier_id, unit_id, tier, until)
    SELECT f.id, f.unit, f.tier, %(at)s::timestamptz FROM former f JOIN written w ON w.id = f.id
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
