-- Gives what one unit holds to the unit that takes over: a share of the dossiers that concern it, in the order of its
-- index of reach. Open dossiers change the units they name; finished ones only where they wait to be collected, so who
-- decided stays. Open steps go with their days: the work goes on, it does not begin anew. One event, one audit row, one
-- row to bring it back by, for each. Not %(whole)s: the unit goes on, only open dossiers of the procedures and fields chosen
-- go, with the work on them; they are given back at the counter that received them. Runs on the day of an event, share by share. Indexes: reach_by_unit, primary keys.
WITH near AS MATERIALIZED (
    SELECT r.opened_at, r.dossier_id AS id
      FROM dossiers_reach r
     WHERE r.unit_id = %(old)s::bigint
       AND (r.opened_at, r.dossier_id) > (%(after_at)s::timestamptz, %(after_id)s::bigint)
     ORDER BY r.opened_at, r.dossier_id
     LIMIT %(most)s::int
), held AS MATERIALIZED (  -- envelopes are locked before their dossiers, as everywhere
    SELECT e.id FROM dossiers_envelope e
     WHERE e.receiving_unit_id = %(old)s::bigint
       AND e.id IN (SELECT m.envelope_id FROM dossiers_envelope_member m WHERE m.dossier_id IN (SELECT near.id FROM near))
     ORDER BY e.id
       FOR UPDATE
), going AS MATERIALIZED (
    SELECT d.id, d.code, d.status, d.due_on, d.ended_on, d.opened_at,
           %(whole)s::boolean AND d.receiving_unit_id = %(old)s::bigint AS receiving,
           d.competent_unit_id = %(old)s::bigint AND d.ended_on IS NULL AS competent, d.tier
      FROM dossiers_dossier d
     WHERE d.id IN (SELECT near.id FROM near) AND d.status NOT IN (3, 7, 10) AND (SELECT count(*) FROM held) >= 0
       AND (%(whole)s::boolean OR d.ended_on IS NULL AND (d.procedure_id = ANY(%(procedures)s::bigint[])
                                                          OR d.field_id = ANY(%(fields)s::bigint[])))
       AND (d.ended_on IS NULL AND %(old)s::bigint IN (CASE WHEN %(whole)s::boolean THEN d.receiving_unit_id END, d.competent_unit_id)
            OR EXISTS (SELECT FROM dossiers_step s
                        WHERE s.dossier_id = d.id AND s.state = 1 AND s.unit_id = %(old)s::bigint
                          AND (%(whole)s::boolean OR s.role NOT IN ('RECEIVE', 'RETURN')))
            OR %(whole)s::boolean AND EXISTS (SELECT FROM dossiers_opinion o
                        WHERE o.dossier_id = d.id AND o.asked_unit_id = %(old)s::bigint
                          AND o.answered_at IS NULL AND o.withdrawn_at IS NULL))
     ORDER BY d.id
       FOR UPDATE
/*written*/), stepped AS (  -- whoever had it in hand keeps it, when he came along
    UPDATE dossiers_step s
       SET unit_id = %(new)s::bigint,
           officer_id = (SELECT g.account_id FROM identity_grant g
                          WHERE g.account_id = s.officer_id AND g.unit_id = %(new)s::bigint
                            AND g.valid_from <= %(day)s::date AND (g.valid_to IS NULL OR g.valid_to >= %(day)s::date)
                          LIMIT 1)
      FROM going g
     WHERE s.dossier_id = g.id AND s.state = 1 AND s.unit_id = %(old)s::bigint
       AND (%(whole)s::boolean OR s.role NOT IN ('RECEIVE', 'RETURN'))
 RETURNING s.id, s.dossier_id, g.ended_on
), opinion AS MATERIALIZED (
    SELECT o.id, o.dossier_id, o.asked_unit_id = %(old)s::bigint AS asked,
           o.asking_unit_id = %(old)s::bigint AS asking, %(whole)s::boolean AND o.receiving_unit_id = %(old)s::bigint AS receiving,
           CASE WHEN o.asking_unit_id = %(old)s::bigint THEN %(new)s::bigint ELSE o.asking_unit_id END AS asking_now,
           CASE WHEN o.asked_unit_id = %(old)s::bigint THEN %(new)s::bigint ELSE o.asked_unit_id END AS asked_now,
           o.asked_unit_id = %(old)s::bigint AND EXISTS (
               SELECT FROM dossiers_opinion p
                WHERE p.dossier_id = o.dossier_id AND p.asked_unit_id = %(new)s::bigint
                  AND p.answered_at IS NULL AND p.withdrawn_at IS NULL) AS twice
      FROM dossiers_opinion o JOIN going g ON g.id = o.dossier_id
     WHERE o.answered_at IS NULL AND o.withdrawn_at IS NULL
       AND (o.asking_unit_id = %(old)s::bigint
            OR %(whole)s::boolean AND %(old)s::bigint IN (o.receiving_unit_id, o.asked_unit_id))
), asked AS (  -- an agency needs not ask itself, nor be asked twice
    UPDATE dossiers_opinion o
       SET receiving_unit_id = CASE WHEN n.receiving THEN %(new)s::bigint ELSE o.receiving_unit_id END,
           asking_unit_id = CASE WHEN n.over THEN o.asking_unit_id ELSE n.asking_now END,
           asked_unit_id = CASE WHEN n.over THEN o.asked_unit_id ELSE n.asked_now END,
           withdrawn_at = CASE WHEN n.over THEN %(at)s::timestamptz END,
           withdrawn_why = CASE WHEN n.over THEN %(reason)s ELSE '' END
      FROM (SELECT *, asking_now = asked_now OR twice AS over FROM opinion) n
     WHERE o.id = n.id
 RETURNING o.id, o.dossier_id, n.receiving, n.asking, n.asked, n.over
), kept AS (  -- what comes in while the rest is moved is added to what went before
    INSERT INTO dossiers_followed AS f (handover_id, dossier_id, receiving, competent, steps, opinions)
    SELECT %(handover)s::bigint, g.id, g.receiving, g.competent, coalesce(s.steps, '{}'), coalesce(o.opinions, '[]')
      FROM going g
      LEFT JOIN (SELECT dossier_id, array_agg(id) AS steps FROM stepped GROUP BY dossier_id) s ON s.dossier_id = g.id
      LEFT JOIN (SELECT dossier_id, jsonb_agg(jsonb_build_object(
                            'id', id, 'receiving', receiving, 'asking', asking, 'asked', asked, 'over', over)) AS opinions
                   FROM asked GROUP BY dossier_id) o ON o.dossier_id = g.id
    ON CONFLICT (handover_id, dossier_id) DO UPDATE
       SET receiving = f.receiving OR excluded.receiving, competent = f.competent OR excluded.competent,
           steps = f.steps || excluded.steps, opinions = f.opinions || excluded.opinions
), audited AS (
    INSERT INTO audit_auditentry (at, actor_name, verb, object_kind, object_id, why, before, after)
    SELECT %(at)s::timestamptz, %(actor_name)s, %(verb)s, 'dossier', g.id, %(reason)s,
           jsonb_strip_nulls(jsonb_build_object(
               'receiving_unit', CASE WHEN g.receiving THEN %(old_name)s::text END,
               'competent_unit', CASE WHEN g.competent THEN %(old_name)s::text END)),
           jsonb_strip_nulls(jsonb_build_object(
               'receiving_unit', CASE WHEN g.receiving THEN %(new_name)s::text END,
               'competent_unit', CASE WHEN g.competent THEN %(new_name)s::text END))
      FROM going g
)
SELECT (SELECT count(*) FROM near), l.opened_at, l.id,
       (SELECT count(*) FROM going), (SELECT count(*) FROM written),
       (SELECT count(*) FROM going WHERE ended_on IS NULL
            AND (receiving OR competent OR id IN (SELECT s.dossier_id FROM stepped s))),
       (SELECT count(*) FROM stepped WHERE ended_on IS NULL),
       (SELECT count(DISTINCT dossier_id) FROM stepped WHERE ended_on IS NOT NULL),
       (SELECT count(*) FROM asked WHERE asked.asked)
  FROM (SELECT opened_at, id FROM near ORDER BY opened_at DESC, id DESC LIMIT 1) l
