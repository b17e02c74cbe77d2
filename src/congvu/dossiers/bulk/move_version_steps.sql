-- Places the steps of dossiers just moved (bulk/move_version.sql, same transaction): the steps they came to, those that
-- are passed or owed in the new process, papers, opinions, drafts of results, sub-dossiers, who sees them, apologies. 1 statement for the set.
-- Indexes: primary keys, step_once_per_round, reach_by_unit.
WITH done AS (
    SELECT id, opened_at, help_unit_id FROM dossiers_dossier WHERE id = ANY(%(ids)s::bigint[])
), placed AS (
    UPDATE dossiers_step s
       SET position = x.position, round = x.round, branch = x.branch, unit_id = x.unit,
           due_on = CASE WHEN x.anew THEN x.due_on ELSE s.due_on END,
           due_at = CASE WHEN x.anew THEN x.due_at ELSE s.due_at END, name = coalesce(x.name, s.name), role = coalesce(x.role, s.role),
           officer_id = CASE WHEN x.unit = s.unit_id THEN s.officer_id END
      FROM json_to_recordset(%(steps)s::json) AS x (
        id bigint, dossier bigint, position smallint, round smallint, branch smallint, unit bigint, anew boolean, due_on date,
        due_at timestamptz, name text, role text)
      JOIN done ON done.id = x.dossier
     WHERE s.id = x.id
), added AS (
    INSERT INTO dossiers_step (dossier_id, position, round, branch, name, unit_id, role, state, opened_at, due_on, due_at, note)
    SELECT x.dossier, x.position, x.round, x.branch, x.name, x.unit, x.role, x.state,
           CASE WHEN x.state = 1 THEN %(at)s::timestamptz END, x.due_on, x.due_at, x.note
      FROM json_to_recordset(%(added)s::json) AS x (
        dossier bigint, position smallint, round smallint, branch smallint, name text, unit bigint, role text,
        state smallint, due_on date, due_at timestamptz, note text)
      JOIN done ON done.id = x.dossier
), papered AS (
    UPDATE dossiers_paper p SET case_paper_id = x.case_paper
      FROM json_to_recordset(%(papers)s::json) AS x (id bigint, dossier bigint, case_paper bigint)
      JOIN done ON done.id = x.dossier
     WHERE p.id = x.id
), missing AS (
    INSERT INTO dossiers_paper (dossier_id, case_paper_id, "order", name, received, originals, certified, copies, digitised,
                                file_name, added_at, added_by)
    SELECT x.dossier, k.id, k."order", left(k.name, 2000), false, 0, 0, 0, 0, '', %(at)s::timestamptz, %(actor)s::bigint
      FROM json_to_recordset(%(missing)s::json) AS x (dossier bigint, case_paper bigint)
      JOIN done ON done.id = x.dossier
      JOIN procedures_casepaper k ON k.id = x.case_paper
), asked AS (
    UPDATE dossiers_opinion o SET step = x.position
      FROM json_to_recordset(%(positions)s::json) AS x (dossier bigint, old smallint, position smallint)
      JOIN done ON done.id = x.dossier
     WHERE o.dossier_id = x.dossier AND o.step = x.old
), proposed AS (
    UPDATE dossiers_draft_result t SET step = x.position
      FROM json_to_recordset(%(positions)s::json) AS x (dossier bigint, old smallint, position smallint)
      JOIN done ON done.id = x.dossier
     WHERE t.dossier_id = x.dossier AND t.step = x.old
), waited_for AS (
    UPDATE dossiers_sub c SET position = x.position, round = x.round
      FROM json_to_recordset(%(steps)s::json) AS x (
        dossier bigint, position smallint, round smallint, old smallint, old_round smallint)
      JOIN done ON done.id = x.dossier
     WHERE c.parent_id = x.dossier AND c.position = -1 - x.old AND c.round = x.old_round
), reached AS (
    INSERT INTO dossiers_reach (unit_id, opened_at, dossier_id)
    SELECT x.unit, done.opened_at, done.id
      FROM json_to_recordset(%(concerned)s::json) AS x (dossier bigint, unit bigint) JOIN done ON done.id = x.dossier
    ON CONFLICT DO NOTHING
), left_alone AS (
    DELETE FROM dossiers_reach r
     USING json_to_recordset(%(leaving)s::json) AS x (dossier bigint, unit bigint) JOIN done ON done.id = x.dossier
     WHERE r.unit_id = x.unit AND r.opened_at = done.opened_at AND r.dossier_id = done.id
       AND done.help_unit_id IS DISTINCT FROM x.unit
       AND NOT EXISTS (SELECT 1 FROM dossiers_opinion o WHERE o.dossier_id = x.dossier AND o.asked_unit_id = x.unit)
)
INSERT INTO dossiers_extension (dossier_id, at, due_before, due_after, reason, approved_by)
SELECT x.dossier, %(at)s::timestamptz, x.due_before, x.due_after, %(due_reason)s, %(actor)s::bigint
  FROM json_to_recordset(%(apologies)s::json) AS x (dossier bigint, due_before date, due_after date)
  JOIN done ON done.id = x.dossier
