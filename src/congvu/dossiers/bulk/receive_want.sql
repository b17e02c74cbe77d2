-- Part of receive.sql: what is wanted, a row a dossier. Rows of one kind (version, channel, units) share its term, due day and
-- steps, which therefore travel once.
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
