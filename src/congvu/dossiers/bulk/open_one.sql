-- Part of apply_one.sql: the step that opens.
), opened AS (
    INSERT INTO dossiers_step (dossier_id, position, round, name, unit_id, role, state, opened_at, due_on, due_at, officer_id,
                               held_for, note)
    SELECT w.id, %(opening)s::smallint, %(opening_round)s::smallint, %(opening_name)s::text, %(opening_unit)s::bigint,
           %(opening_role)s::text, 1, %(at)s::timestamptz, %(opening_due_on)s::date, %(opening_due_at)s::timestamptz,
           %(opening_officer)s::bigint, %(opening_held_for)s::bigint, ''
      FROM written w
