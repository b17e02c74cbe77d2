-- Hot. Receives a set of new dossiers: takes their numbers gap-free, writes the dossiers, their first steps, papers, reach,
-- the charge of the published fee, one event and one audit row each. 1 statement for any size of set, atomic by itself; a repeated intake_key
-- makes the whole statement do nothing, so no number is burnt. The series row serialises receptions of one unit and day, no others.
-- Rows of one kind (version, channel, units) share its term, due day and steps, which therefore travel once.
WITH want AS (
    SELECT w.*, k.series, k.code_prefix, k.procedure, k.procedure_version, k.process, k."case", k.field, k.tier, k.receiving_unit,
           k.competent_unit, k.help_unit, k.channel, k.term_n, k.term_unit, k.due_on, k.due_at, k.money, k.reach,
           row_number() OVER (PARTITION BY k.series ORDER BY w.ord) AS nth, count(*) OVER (PARTITION BY k.series) AS batch
      FROM json_to_recordset(%(rows)s::json) AS w (
        ord int, kind int, intake_key uuid, summary text, copies smallint, return_method smallint, told_by smallint, subject_kind smallint,
        owner_name text, owner_number text, owner_phone text, owner_email text, owner_address text, submitter_name text,
        submitter_number text, owner_account bigint, search_text text, corrects bigint)
      JOIN json_to_recordset(%(kinds)s::json) AS k (
        kind int, series text, code_prefix text, procedure bigint, procedure_version bigint, process bigint, "case" bigint, field bigint,
        tier text, receiving_unit bigint, competent_unit bigint, help_unit bigint, channel smallint, term_n int,
        term_unit text, due_on date, due_at timestamptz, money smallint, reach bigint[]) ON k.kind = w.kind
     WHERE NOT EXISTS (SELECT 1 FROM dossiers_dossier x WHERE x.intake_key = ANY(%(keys)s::uuid[]))
), taken AS (
    INSERT INTO numbering_series (key, last)
    SELECT series, count(*) FROM want WHERE series IS NOT NULL GROUP BY series ORDER BY series
    ON CONFLICT (key) DO UPDATE SET last = numbering_series.last + excluded.last
    RETURNING key, last
), numbered AS (
    SELECT w.*, (t.last - w.batch + w.nth)::text AS number
      FROM want w LEFT JOIN taken t ON t.key = w.series
), made AS (
    INSERT INTO dossiers_dossier (
        intake_key, code, procedure_id, procedure_version_id, process_id, case_id, field_id, tier, receiving_unit_id,
        competent_unit_id, help_unit_id, channel, summary, copies, return_method, told_by, subject_kind, owner_name, owner_number,
        owner_phone, owner_email, owner_address, submitter_name, submitter_number, owner_account_id, search_text,
        opened_at, received_at, received_on, term_n, term_unit, start_policy, pause_policy, due_first, due_on, due_at,
        calendar_version, status, money, flagged, corrects_id, last_event_at, external_ref)
    SELECT intake_key, code_prefix || lpad(number, greatest(4, length(number)), '0'), procedure, procedure_version, process, "case",
           field, tier, receiving_unit, competent_unit, help_unit, channel, summary, copies, return_method, told_by, subject_kind,
           owner_name, owner_number, owner_phone, owner_email, owner_address, submitter_name, submitter_number,
           owner_account, search_text, %(at)s::timestamptz,
           CASE WHEN %(received_on)s::date IS NOT NULL THEN %(at)s::timestamptz END, %(received_on)s::date, term_n,
           term_unit, %(start_policy)s, %(pause_policy)s, due_on, due_on, due_at, %(calendar_version)s::int,
           %(status)s::smallint, money, false, corrects, %(at)s::timestamptz, ''
      FROM numbered ORDER BY ord
 RETURNING id, intake_key, code, status, due_on
), stepped AS (
    INSERT INTO dossiers_step (dossier_id, position, round, name, unit_id, role, state, opened_at, due_on, due_at, note)
    SELECT m.id, s.position, 1, s.name, s.unit, s.role, 1, %(at)s::timestamptz, s.due_on, s.due_at, ''
      FROM want w JOIN made m USING (intake_key)
      JOIN json_to_recordset(%(steps)s::json) AS s (
        kind int, position smallint, name text, unit bigint, role text, due_on date, due_at timestamptz) ON s.kind = w.kind
), papered AS (
    INSERT INTO dossiers_paper (dossier_id, case_paper_id, "order", name, received, originals, certified, copies,
                                       digitised, file_id, file_name, added_at, added_by)
    SELECT m.id, p.case_paper, p."order", p.name, p.received, p.originals, p.certified, p.copies, p.digitised, p.file,
           p.file_name, %(at)s::timestamptz, %(actor)s::bigint
      FROM want w JOIN made m USING (intake_key)
      JOIN json_to_recordset(%(papers)s::json) AS p (
        ord int, case_paper bigint, "order" smallint, name text, received boolean, originals smallint, certified smallint,
        copies smallint, digitised smallint, file bigint, file_name text) ON p.ord = w.ord
), reached AS (
    INSERT INTO dossiers_reach (unit_id, opened_at, dossier_id)
    SELECT u.unit, %(at)s::timestamptz, m.id
      FROM want w JOIN made m USING (intake_key) CROSS JOIN LATERAL unnest(w.reach) AS u (unit)
), charged AS (
    INSERT INTO dossiers_fee (dossier_id, kind, amount, unit_id, for_unit_id, reason, at, day, actor_id)
    SELECT m.id, 'charged', f.amount, w.receiving_unit, w.competent_unit, f.reason, %(at)s::timestamptz, %(received_on)s::date,
           %(actor)s::bigint
      FROM want w JOIN made m USING (intake_key)
      JOIN json_to_recordset(%(fees)s::json) AS f (kind int, amount bigint, reason text) ON f.kind = w.kind
), logged AS (
    INSERT INTO dossiers_event (dossier_id, at, verb, status_from, status_to, due_on, actor_id, office_id, reason)
    SELECT m.id, %(at)s::timestamptz, %(verb)s, NULL, m.status, m.due_on, %(actor)s::bigint, %(office)s::bigint, %(reason)s
      FROM made m
), audited AS (
    INSERT INTO audit_auditentry (at, actor_id, actor_name, office_id, verb, object_kind, object_id, why, before, after)
    SELECT %(at)s::timestamptz, %(actor)s::bigint, %(actor_name)s, %(office)s::bigint, %(verb)s, 'dossier', m.id, %(reason)s,
           NULL, jsonb_build_object('code', m.code, 'status', m.status, 'due_on', m.due_on)
      FROM made m
)
SELECT id, intake_key, code, due_on FROM made ORDER BY id
