-- Puts steps, papers, opinions, drafts of results, sub-dossiers, reach and apologies of dossiers back as they were before a move (bulk/undo_move.sql, same
-- transaction). 1 statement for the set. Indexes: primary keys, moved_once_a_move, step_once_per_round, reach_by_unit.
WITH item AS (
    SELECT m.dossier_id AS id, m.before, d.opened_at, d.extensions
      FROM dossiers_moved m JOIN dossiers_dossier d ON d.id = m.dossier_id
     WHERE m.move_id = %(move)s::bigint AND m.dossier_id = ANY(%(ids)s::bigint[])
), step AS (
    SELECT x.* FROM item CROSS JOIN LATERAL jsonb_to_recordset(item.before -> 'steps') AS x (
        id bigint, position smallint, round smallint, branch smallint, name text, unit_id bigint, role text, state smallint,
        due_on date, due_at timestamptz, officer_id bigint)
), placed AS (
    UPDATE dossiers_step s
       SET position = x.position, round = x.round, branch = x.branch, name = x.name, unit_id = x.unit_id, role = x.role,
           state = x.state, due_on = x.due_on, due_at = x.due_at, officer_id = x.officer_id
      FROM step x WHERE s.id = x.id
), dropped AS (
    DELETE FROM dossiers_step s USING item
     WHERE s.dossier_id = item.id AND NOT EXISTS (SELECT 1 FROM step x WHERE x.id = s.id)
), papered AS (
    UPDATE dossiers_paper p SET case_paper_id = x.case_paper
      FROM item CROSS JOIN LATERAL jsonb_to_recordset(item.before -> 'papers') AS x (id bigint, case_paper bigint)
     WHERE p.id = x.id AND p.case_paper_id IS DISTINCT FROM x.case_paper
), not_missing AS (  -- what the move itself wrote down as missing, nothing anyone handed in
    DELETE FROM dossiers_paper p USING item
     WHERE p.dossier_id = item.id AND NOT p.received AND p.file_id IS NULL AND p.added_at = %(moved_at)s::timestamptz
       AND NOT EXISTS (SELECT 1 FROM jsonb_to_recordset(item.before -> 'papers') AS x (id bigint) WHERE x.id = p.id)
), asked AS (
    UPDATE dossiers_opinion o SET step = x.step
      FROM item CROSS JOIN LATERAL jsonb_to_recordset(item.before -> 'opinions') AS x (id bigint, step smallint)
     WHERE o.id = x.id
), proposed AS (
    UPDATE dossiers_draft_result t SET step = x.step
      FROM item CROSS JOIN LATERAL jsonb_to_recordset(item.before -> 'drafts') AS x (id bigint, step smallint)
     WHERE t.id = x.id
), waited_for AS (
    UPDATE dossiers_sub c SET position = x.position, round = x.round
      FROM item CROSS JOIN LATERAL jsonb_to_recordset(item.before -> 'subs') AS x (
        id bigint, position smallint, round smallint)
     WHERE c.id = x.id
), reached AS (
    INSERT INTO dossiers_reach (unit_id, opened_at, dossier_id)
    SELECT x.unit::bigint, item.opened_at, item.id
      FROM item CROSS JOIN LATERAL jsonb_array_elements_text(item.before -> 'reach') AS x (unit)
    ON CONFLICT DO NOTHING
), not_reached AS (
    DELETE FROM dossiers_reach r USING item
     WHERE r.dossier_id = item.id AND r.opened_at = item.opened_at AND r.unit_id = ANY(%(units)s::bigint[])
       AND NOT item.before -> 'reach' @> to_jsonb(r.unit_id)
)
DELETE FROM dossiers_extension e USING item WHERE e.dossier_id = item.id AND item.extensions = 0
