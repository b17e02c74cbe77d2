-- Part of apply.sql, for the verbs about money: the entries of the ledger of the dossiers written, each payment with the next
-- receipt number of its one-stop and year. The series row is locked until the statement ends, so no number is lost.
), fee AS MATERIALIZED (
    SELECT x.*, CASE WHEN x.kind = 'paid' THEN coalesce(nullif(d.submitter_name, ''), d.owner_name) ELSE '' END AS payer,
           d.receiving_unit_id AS unit, d.competent_unit_id AS for_unit,
           'receipt:' || d.receiving_unit_id || ':' || %(fee_year)s::text AS series
      FROM json_to_recordset(%(fees)s::json) AS x (
        nth int, dossier bigint, kind text, amount bigint, way text, reason text, reference text, key text,
        voids bigint, ground text, percent smallint)
      JOIN written w ON w.id = x.dossier
      JOIN dossiers_dossier d ON d.id = x.dossier
), numbered AS (
    SELECT nth, series, row_number() OVER (PARTITION BY series ORDER BY nth) AS n, count(*) OVER (PARTITION BY series) AS batch
      FROM fee WHERE kind = 'paid'
), taken AS (
    INSERT INTO numbering_series (key, last)
    SELECT series, count(*) FROM numbered GROUP BY series ORDER BY series
    ON CONFLICT (key) DO UPDATE SET last = numbering_series.last + excluded.last
    RETURNING key, last
), entered AS (
    INSERT INTO dossiers_fee (dossier_id, kind, amount, way, unit_id, for_unit_id, reason, reference, key, receipt_year, receipt_no,
                              at, day, actor_id, payer, voids_id, ground, percent)
    SELECT f.dossier, f.kind, f.amount, f.way, f.unit, f.for_unit, f.reason, f.reference, f.key,
           CASE WHEN n.nth IS NOT NULL THEN %(fee_year)s::smallint END, t.last - n.batch + n.n,
           %(at)s::timestamptz, %(fee_day)s::date, %(actor)s::bigint, f.payer, f.voids,
           f.ground, f.percent
      FROM fee f LEFT JOIN numbered n ON n.nth = f.nth LEFT JOIN taken t ON t.key = n.series
     ORDER BY f.nth
