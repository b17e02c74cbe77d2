-- Hot. Receives one dossier, as receive.sql does a set: its number, the dossier, its first steps, reach, one event and one audit
-- row, and the parts that have something to write. 1 statement, atomic by itself; a repeated intake_key makes it do
-- nothing, so no number is burnt. Plain values: reading documents, sorting and joining them costs half of the reception.
WITH want AS (  -- for the parts
    SELECT %(intake_key)s::uuid AS intake_key, 0 AS ord, 0 AS kind, %(receiving_unit)s::bigint AS receiving_unit,
           %(competent_unit)s::bigint AS competent_unit
), taken AS (
    INSERT INTO numbering_series (key, last)
    SELECT %(series)s::text, 1 WHERE NOT EXISTS (SELECT 1 FROM dossiers_dossier x WHERE x.intake_key = %(intake_key)s::uuid)
    ON CONFLICT (key) DO UPDATE SET last = numbering_series.last + 1
    RETURNING last::text AS number
), made AS (
    INSERT INTO dossiers_dossier (
        intake_key, code, procedure_id, procedure_version_id, process_id, case_id, field_id, tier, receiving_unit_id,
        competent_unit_id, help_unit_id, channel, summary, copies, return_method, told_by, subject_kind, owner_name, owner_number,
        owner_phone, owner_email, owner_address, submitter_name, submitter_number, owner_account_id, search_text,
        opened_at, received_at, received_on, term_n, term_unit, start_policy, pause_policy, due_first, due_on, due_at,
        calendar_version, status, money, flagged, corrects_id, last_event_at, external_ref)
    SELECT %(intake_key)s::uuid, %(code_prefix)s::text || lpad(t.number, greatest(4, length(t.number)), '0'),
           %(procedure)s::bigint, %(procedure_version)s::bigint, %(process)s::bigint, %(case)s::bigint, %(field)s::bigint,
           %(tier)s::text, %(receiving_unit)s::bigint, %(competent_unit)s::bigint, %(help_unit)s::bigint,
           %(channel)s::smallint, %(summary)s::text, %(copies)s::smallint, %(return_method)s::smallint,
           %(told_by)s::smallint, %(subject_kind)s::smallint, %(owner_name)s::text, %(owner_number)s::text,
           %(owner_phone)s::text, %(owner_email)s::text, %(owner_address)s::text, %(submitter_name)s::text,
           %(submitter_number)s::text, %(owner_account)s::bigint, %(search_text)s::text, %(at)s::timestamptz,
           %(at)s::timestamptz, %(received_on)s::date, %(term_n)s::int, %(term_unit)s::text, %(start_policy)s::text,
           %(pause_policy)s::text, %(due_on)s::date, %(due_on)s::date, %(due_at)s::timestamptz, %(calendar_version)s::int,
           %(status)s::smallint, %(money)s::smallint, false, %(corrects)s::bigint, %(at)s::timestamptz, ''
      FROM taken t
 RETURNING id, intake_key, code
), written AS (
    SELECT id FROM made
/*steps*//*papers*/), reached AS (
    INSERT INTO dossiers_reach (unit_id, opened_at, dossier_id)
    SELECT unnest(%(reach)s::bigint[]), %(at)s::timestamptz, m.id FROM made m
/*fees*/), logged AS (
    INSERT INTO dossiers_event (dossier_id, at, verb, status_from, status_to, due_on, actor_id, office_id, reason)
    SELECT m.id, %(at)s::timestamptz, %(verb)s::text, NULL, %(status)s::smallint, %(due_on)s::date, %(actor)s::bigint,
           %(office)s::bigint, %(reason)s::text
      FROM made m
), audited AS (
    INSERT INTO audit_auditentry (at, actor_id, actor_name, office_id, verb, object_kind, object_id, why, before, after)
    SELECT %(at)s::timestamptz, %(actor)s::bigint, %(actor_name)s::text, %(office)s::bigint, %(verb)s::text, 'dossier', m.id,
           %(reason)s::text, NULL,
           jsonb_build_object('code', m.code, 'status', %(status)s::smallint, 'due_on', %(due_on)s::date)
      FROM made m
)
SELECT id, intake_key, code, %(due_on)s::date AS due_on FROM made
