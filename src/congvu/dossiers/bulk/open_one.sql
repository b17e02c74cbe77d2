-- Part of apply_one.sql, once for each step that opens: {n} is its number.
), opened{n} AS (
    INSERT INTO dossiers_step (dossier_id, position, round, name, unit_id, role, state, opened_at, due_on, due_at, officer_id,
                               held_for, note)
    SELECT w.id, %(opening{n})s::smallint, %(opening{n}_round)s::smallint, %(opening{n}_name)s::text, %(opening{n}_unit)s::bigint,
           %(opening{n}_role)s::text, 1, %(at)s::timestamptz, %(opening{n}_due_on)s::date, %(opening{n}_due_at)s::timestamptz,
           %(opening{n}_officer)s::bigint, %(opening{n}_held_for)s::bigint, ''
      FROM written w
