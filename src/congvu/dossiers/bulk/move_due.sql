-- Moves the due days a changed calendar moved: by groups (clocks.sql) and by name (ledgers.sql), with one event and one
-- audit row each. 1 statement for the whole province, atomic by itself. Index: dossier_open_by_due, primary key.
WITH grouped AS (
    SELECT * FROM json_to_recordset(%(groups)s::json) AS g (
        received_on date, late boolean, term_n int, term_unit text, start_policy text, unit bigint, due_on date, becomes date)
), named AS (
    SELECT * FROM json_to_recordset(%(named)s::json) AS n (id bigint, due_on date, becomes date, becomes_at timestamptz)
), moving AS (
    SELECT d.id, g.due_on AS was, g.becomes, NULL::timestamptz AS becomes_at
      FROM grouped g
      JOIN dossiers_dossier d
        ON d.due_on = g.due_on AND d.received_on = g.received_on AND d.term_n = g.term_n AND d.term_unit = g.term_unit
       AND d.start_policy = g.start_policy
       AND ((d.received_at AT TIME ZONE 'Asia/Ho_Chi_Minh')::time > '15:00') = g.late
       AND (CASE WHEN d.competent_unit_id = ANY(%(own)s::bigint[]) THEN d.competent_unit_id END) IS NOT DISTINCT FROM g.unit
     WHERE d.ended_on IS NULL AND d.status IN (2, 4, 5, 6, 8) AND d.due_at IS NULL AND d.extensions = 0
       AND d.imported_id IS NULL AND NOT EXISTS (SELECT 1 FROM dossiers_pause p WHERE p.dossier_id = d.id)
     UNION ALL
    SELECT d.id, d.due_on, n.becomes, n.becomes_at
      FROM named n JOIN dossiers_dossier d ON d.id = n.id AND d.due_on = n.due_on AND d.ended_on IS NULL
), moved AS (
    UPDATE dossiers_dossier d
       SET due_on = m.becomes, due_at = m.becomes_at, calendar_version = %(number)s::int, version = d.version + 1,
           last_event_at = greatest(d.last_event_at, %(at)s::timestamptz)
      FROM moving m
     WHERE d.id = m.id
 RETURNING d.id, d.status, d.due_on, m.was
), logged AS (
    INSERT INTO dossiers_event (dossier_id, at, verb, status_from, status_to, due_on, actor_id, office_id, reason)
    SELECT id, %(at)s::timestamptz, 'recompute_due', status, status, due_on, %(actor)s::bigint, %(office)s::bigint, %(why)s
      FROM moved
), audited AS (
    INSERT INTO audit_auditentry (at, actor_id, actor_name, office_id, verb, object_kind, object_id, why, before, after)
    SELECT %(at)s::timestamptz, %(actor)s::bigint, %(actor_name)s, %(office)s::bigint, 'recompute_due', 'dossier', id,
           %(why)s, jsonb_build_object('due_on', was), jsonb_strip_nulls(jsonb_build_object('due_on', due_on, 'calendar', %(number)s::int, 'untold', %(untold)s::text))
      FROM moved
)
SELECT count(*) FROM moved
