-- Hot. Receives a set of new dossiers: takes their numbers gap-free, writes the dossiers, their first steps, papers, reach,
-- the charge of the published fee, one event and one audit row each. 1 statement for any size of set, atomic by itself; a repeated intake_key
-- makes the whole statement do nothing, so no number is burnt. The series row serialises receptions of one unit and day, no others.
-- What is wanted comes from receive_want.sql; papers and fees are parts left out when there are none. One dossier: receive_one.sql.
WITH want AS (
    /*want*/
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
/*steps*//*papers*/), reached AS (
    INSERT INTO dossiers_reach (unit_id, opened_at, dossier_id)
    SELECT u.unit, %(at)s::timestamptz, m.id
      FROM want w JOIN made m USING (intake_key) CROSS JOIN LATERAL unnest(w.reach) AS u (unit)
/*fees*/), logged AS (
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
