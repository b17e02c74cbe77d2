-- Part of receive.sql: what is wanted, for one dossier, as plain values: reading documents of forty columns costs more.
SELECT %(ord)s::int AS ord, %(intake_key)s::uuid AS intake_key, %(summary)s::text AS summary,
           %(copies)s::smallint AS copies, %(return_method)s::smallint AS return_method,
           %(told_by)s::smallint AS told_by, %(subject_kind)s::smallint AS subject_kind,
           %(owner_name)s::text AS owner_name, %(owner_number)s::text AS owner_number,
           %(owner_phone)s::text AS owner_phone, %(owner_email)s::text AS owner_email,
           %(owner_address)s::text AS owner_address, %(submitter_name)s::text AS submitter_name,
           %(submitter_number)s::text AS submitter_number, %(owner_account)s::bigint AS owner_account,
           %(search_text)s::text AS search_text, %(corrects)s::bigint AS corrects, %(kind)s::int AS kind,
           %(series)s::text AS series, %(code_prefix)s::text AS code_prefix, %(procedure)s::bigint AS procedure,
           %(procedure_version)s::bigint AS procedure_version, %(process)s::bigint AS process,
           %(case)s::bigint AS "case", %(field)s::bigint AS field, %(tier)s::text AS tier,
           %(receiving_unit)s::bigint AS receiving_unit, %(competent_unit)s::bigint AS competent_unit,
           %(help_unit)s::bigint AS help_unit, %(channel)s::smallint AS channel, %(term_n)s::int AS term_n,
           %(term_unit)s::text AS term_unit, %(due_on)s::date AS due_on, %(due_at)s::timestamptz AS due_at,
           %(money)s::smallint AS money, %(reach)s::bigint[] AS reach, 1 AS nth, 1 AS batch
     WHERE NOT EXISTS (SELECT 1 FROM dossiers_dossier x WHERE x.intake_key = %(intake_key)s::uuid)
