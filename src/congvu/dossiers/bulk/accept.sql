-- Hot. Receives a set of dossiers registered online: takes their numbers gap-free, starts their clocks, opens their first
-- steps, charges the published fee of each one's case, one event and one audit row each. 1 statement, atomic by itself; a dossier whose version moved is left
-- alone, and takes no number.
WITH want AS (
    SELECT w.*, d.id IS NOT NULL AS fresh
      FROM json_to_recordset(%(rows)s::json) AS w (
        id bigint, version int, series text, code_prefix text, received_on date, due_on date, due_at timestamptz,
        calendar_version int, status smallint, status_from smallint, steps json, reason text)
      JOIN LATERAL (SELECT x.id FROM dossiers_dossier x
                     WHERE x.id = w.id AND x.version = w.version FOR UPDATE) d ON true
), placed AS (
    SELECT w.*, row_number() OVER (PARTITION BY series ORDER BY id) AS nth, count(*) OVER (PARTITION BY series) AS batch
      FROM want w
), taken AS (
    INSERT INTO numbering_series (key, last)
    SELECT series, count(*) FROM placed GROUP BY series ORDER BY series
    ON CONFLICT (key) DO UPDATE SET last = numbering_series.last + excluded.last
    RETURNING key, last
), written AS (
    UPDATE dossiers_dossier d
       SET code = p.code_prefix || lpad((t.last - p.batch + p.nth)::text,
                                        greatest(4, length((t.last - p.batch + p.nth)::text)), '0'),
           status = p.status, received_at = %(at)s::timestamptz, received_on = p.received_on,
           due_first = p.due_on, due_on = p.due_on, due_at = p.due_at, calendar_version = p.calendar_version,
           version = d.version + 1, last_event_at = %(at)s::timestamptz
      FROM placed p JOIN taken t ON t.key = p.series
     WHERE d.id = p.id
 RETURNING d.id, d.code, p.status_from, d.status, d.due_on, p.reason, p.received_on, d.case_id, d.channel, d.money,
           d.receiving_unit_id, d.competent_unit_id
), opened AS (
    INSERT INTO dossiers_step (dossier_id, position, round, name, unit_id, role, state, opened_at, due_on, due_at, note)
    SELECT w.id, x.position, 1, x.name, x.unit, x.role, 1, %(at)s::timestamptz, x.due_on, x.due_at, ''
      FROM want w CROSS JOIN LATERAL json_to_recordset(w.steps) AS x (
        position smallint, name text, unit bigint, role text, due_on date, due_at timestamptz)
), resumed AS (
    UPDATE dossiers_pause p SET ended_at = %(at)s::timestamptz
      FROM written w WHERE p.dossier_id = w.id AND p.ended_at IS NULL
), charged AS (
    INSERT INTO dossiers_fee (dossier_id, kind, amount, unit_id, for_unit_id, reason, at, day, actor_id)
    SELECT w.id, 'charged', f.amount, w.receiving_unit_id, w.competent_unit_id, f.reason, %(at)s::timestamptz, w.received_on,
           %(actor)s::bigint
      FROM written w
      JOIN json_to_recordset(%(fees)s::json) AS f ("case" bigint, channel smallint, amount bigint, reason text)
        ON f."case" = w.case_id AND f.channel = w.channel
     WHERE w.money = 1
), logged AS (
    INSERT INTO dossiers_event (dossier_id, at, verb, status_from, status_to, due_on, actor_id, office_id, reason)
    SELECT w.id, %(at)s::timestamptz, 'receive', w.status_from, w.status, w.due_on, %(actor)s::bigint,
           %(office)s::bigint, w.reason
      FROM written w
), audited AS (
    INSERT INTO audit_auditentry (at, actor_id, actor_name, office_id, verb, object_kind, object_id, why, before, after)
    SELECT %(at)s::timestamptz, %(actor)s::bigint, %(actor_name)s, %(office)s::bigint, 'receive', 'dossier', w.id,
           w.reason, jsonb_build_object('status', w.status_from),
           jsonb_build_object('status', w.status, 'code', w.code, 'due_on', w.due_on)
      FROM written w
)
SELECT id, code, due_on FROM written ORDER BY id
