-- Moves the due days of open steps a changed calendar moved, by groups of equal clocks, with one event and one audit row
-- each. 1 statement for the whole province. Indexes: those of step_clocks.sql.
WITH grouped AS (
    SELECT * FROM json_to_recordset(%(groups)s::json) AS g (
        began_on date, late boolean, began_at timestamptz, term_n numeric, term_unit text, unit bigint, due_on date,
        due_at timestamptz, becomes date, becomes_at timestamptz)
), moving AS (
    SELECT c.id, c.due_on AS was, g.becomes, g.becomes_at
      FROM (/*clocks*/) c
      JOIN grouped g ON g.began_on = c.began_on AND g.late = c.late AND g.term_n = c.term_n AND g.term_unit = c.term_unit
       AND g.due_on = c.due_on AND g.began_at IS NOT DISTINCT FROM c.began_at AND g.unit IS NOT DISTINCT FROM c.unit
       AND g.due_at IS NOT DISTINCT FROM c.due_at
), moved AS (
    UPDATE dossiers_step s SET due_on = m.becomes, due_at = m.becomes_at
      FROM moving m
     WHERE s.id = m.id AND s.state = 1 AND s.due_on = m.was
 RETURNING s.dossier_id, s.position, s.due_on, m.was
), told AS (
    SELECT m.*, d.status, d.due_on AS promised FROM moved m JOIN dossiers_dossier d ON d.id = m.dossier_id
), logged AS (
    INSERT INTO dossiers_event (dossier_id, at, verb, status_from, status_to, due_on, step, actor_id, office_id, reason)
    SELECT dossier_id, %(at)s::timestamptz, 'recompute_step', status, status, promised, position, %(actor)s::bigint,
           %(office)s::bigint, format('Hạn bước từ %%s thành %%s. %%s', to_char(was, 'DD/MM/YYYY'), to_char(due_on, 'DD/MM/YYYY'), %(why)s::text)
      FROM told
), audited AS (
    INSERT INTO audit_auditentry (at, actor_id, actor_name, office_id, verb, object_kind, object_id, why, before, after)
    SELECT %(at)s::timestamptz, %(actor)s::bigint, %(actor_name)s, %(office)s::bigint, 'recompute_step', 'dossier', dossier_id,
           %(why)s, jsonb_build_object('step', position, 'step_due_on', was),
           jsonb_build_object('step', position, 'step_due_on', due_on, 'calendar', %(number)s::int)
      FROM told
)
SELECT count(*) FROM moved
