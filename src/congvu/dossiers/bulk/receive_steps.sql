-- Part of receive.sql and receive_one.sql: the steps that open.
), stepped AS (
    INSERT INTO dossiers_step (dossier_id, position, round, name, unit_id, role, state, opened_at, due_on, due_at, note)
    SELECT m.id, s.position, 1, s.name, s.unit, s.role, 1, %(at)s::timestamptz, s.due_on, s.due_at, ''
      FROM want w JOIN made m USING (intake_key)
      JOIN json_to_recordset(%(steps)s::json) AS s (
        kind int, position smallint, name text, unit bigint, role text, due_on date, due_at timestamptz) ON s.kind = w.kind
