-- Part of apply_one.sql: the step that closes.
), closed AS (
    UPDATE dossiers_step s
       SET state = %(closing_state)s::smallint, note = coalesce(%(closing_note)s::text, s.note),
           branch = coalesce(%(closing_branch)s::smallint, s.branch), facts = coalesce(%(closing_facts)s::jsonb, s.facts),
           done_at = coalesce(s.done_at, %(at)s::timestamptz), done_by = coalesce(s.done_by, %(actor)s::bigint)
      FROM written w
     WHERE s.id = %(closing)s::bigint
