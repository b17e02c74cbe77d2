-- Brings back what went with a unit by a record that was undone: a share of its dossiers, by id. Only what is still where it
-- went: what the receiver ended or gave on since stays. Steps that came to the receiver in the unit's stead, also those the process
-- names the unit for, come along.
-- Opinions are asked again by whom and of whom they were; one that ended because a unit would have asked itself is open
-- again, unless somebody has asked the same anew.
-- Runs when an event is undone. Index: followed_once, primary keys.
WITH near AS MATERIALIZED (
    SELECT f.dossier_id AS id, f.receiving, f.competent, f.steps, f.opinions
      FROM dossiers_followed f
     WHERE f.handover_id = %(undoes)s::bigint AND f.dossier_id > %(after)s::bigint
     ORDER BY f.dossier_id
     LIMIT %(most)s::int
), held AS MATERIALIZED (  -- envelopes are locked before their dossiers, as everywhere
    SELECT e.id FROM dossiers_envelope e
     WHERE e.receiving_unit_id = %(old)s::bigint
       AND e.id IN (SELECT m.envelope_id FROM dossiers_envelope_member m WHERE m.dossier_id IN (SELECT near.id FROM near))
     ORDER BY e.id
       FOR UPDATE
), opinion AS MATERIALIZED (
    SELECT n.*, coalesce(n.over AND NOT EXISTS (
               SELECT FROM dossiers_opinion p
                WHERE p.dossier_id = n.dossier_id AND p.asked_unit_id = n.asked_now
                  AND p.answered_at IS NULL AND p.withdrawn_at IS NULL), false) AS again
      FROM (SELECT o.id, o.dossier_id, k.asked, k.over AND o.withdrawn_at IS NOT NULL AND o.withdrawn_by IS NULL AS over,
                   CASE WHEN k.receiving AND o.receiving_unit_id = %(old)s::bigint THEN %(new)s::bigint ELSE o.receiving_unit_id END AS receiving_now,
                   CASE WHEN k.asking AND NOT k.over AND o.asking_unit_id = %(old)s::bigint THEN %(new)s::bigint ELSE o.asking_unit_id END AS asking_now,
                   CASE WHEN k.asked AND NOT k.over AND o.asked_unit_id = %(old)s::bigint
                             AND NOT EXISTS (SELECT FROM dossiers_opinion p
                                              WHERE p.dossier_id = o.dossier_id AND p.asked_unit_id = %(new)s::bigint
                                                AND p.answered_at IS NULL AND p.withdrawn_at IS NULL)
                        THEN %(new)s::bigint ELSE o.asked_unit_id END AS asked_now
              FROM near
             CROSS JOIN LATERAL jsonb_to_recordset(near.opinions)
                   AS k (id bigint, receiving boolean, asking boolean, asked boolean, over boolean)
              JOIN dossiers_opinion o ON o.id = k.id
             WHERE o.answered_at IS NULL AND (o.withdrawn_at IS NULL OR o.withdrawn_by IS NULL)) n
     WHERE n.asking_now <> n.asked_now
), going AS MATERIALIZED (
    SELECT d.id, d.process_id, d.status, d.due_on, d.ended_on, d.opened_at, d.tier, near.steps,
           near.receiving AND d.receiving_unit_id = %(old)s::bigint AS receiving,
           near.competent AND d.competent_unit_id = %(old)s::bigint AND d.ended_on IS NULL AS competent
      FROM dossiers_dossier d JOIN near ON near.id = d.id
     WHERE d.status NOT IN (3, 7, 10) AND (SELECT count(*) FROM held) >= 0
       AND (near.receiving AND d.receiving_unit_id = %(old)s::bigint
            OR near.competent AND d.competent_unit_id = %(old)s::bigint AND d.ended_on IS NULL
            OR EXISTS (SELECT FROM dossiers_step s
                        WHERE s.dossier_id = d.id AND s.state = 1 AND s.unit_id = %(old)s::bigint
                          AND (s.id = ANY(near.steps)
                               OR EXISTS (SELECT FROM procedures_processstep p
                                    WHERE p.process_version_id = d.process_id AND p.position = s.position
                                      AND p.unit_id = %(new)s::bigint)))
            OR EXISTS (SELECT FROM opinion o WHERE o.dossier_id = d.id))
     ORDER BY d.id
       FOR UPDATE OF d
/*written*/), stepped AS (
    UPDATE dossiers_step s
       SET unit_id = %(new)s::bigint, officer_id = NULL
      FROM going g
     WHERE s.dossier_id = g.id AND s.state = 1 AND s.unit_id = %(old)s::bigint
       AND (s.id = ANY(g.steps) OR g.competent AND s.role = 'LEAD' OR g.receiving AND s.role IN ('RECEIVE', 'RETURN')
            OR EXISTS (SELECT FROM procedures_processstep p
                    WHERE p.process_version_id = g.process_id AND p.position = s.position
                      AND p.unit_id = %(new)s::bigint))
 RETURNING s.id, s.dossier_id, g.ended_on
), asked AS (
    UPDATE dossiers_opinion o
       SET receiving_unit_id = n.receiving_now, asking_unit_id = n.asking_now, asked_unit_id = n.asked_now,
           withdrawn_at = CASE WHEN n.again THEN NULL ELSE o.withdrawn_at END,
           withdrawn_why = CASE WHEN n.again THEN '' ELSE o.withdrawn_why END
      FROM opinion n JOIN going g ON g.id = n.dossier_id
     WHERE o.id = n.id
 RETURNING n.asked AND (n.again OR n.asked_now = %(new)s::bigint AND o.withdrawn_at IS NULL) AS back
), audited AS (
    INSERT INTO audit_auditentry (at, actor_name, verb, object_kind, object_id, why, before, after)
    SELECT %(at)s::timestamptz, %(actor_name)s, %(verb)s, 'dossier', g.id, %(reason)s,
           jsonb_build_object('unit', %(old_name)s::text), jsonb_build_object('unit', %(new_name)s::text)
      FROM going g
)
SELECT (SELECT count(*) FROM near), (SELECT max(near.id) FROM near),
       (SELECT count(*) FROM going), (SELECT count(*) FROM written),
       (SELECT count(*) FROM going WHERE ended_on IS NULL
            AND (receiving OR competent OR id IN (SELECT s.dossier_id FROM stepped s))),
       (SELECT count(*) FROM stepped WHERE ended_on IS NULL),
       (SELECT count(DISTINCT dossier_id) FROM stepped WHERE ended_on IS NOT NULL),
       (SELECT count(*) FROM asked WHERE asked.back)
