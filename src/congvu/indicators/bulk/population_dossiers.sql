-- Dossiers received in the period with what is asked of their papers and fees, through the access predicate: some 100,000 of
-- a million for a month. What became of a dossier later in its handling is asked of Form 06, not here. A fact nobody asks for
-- is not worked out: its join is left out by the planner. Population dossiers. Indexes: dossier_by_received, the papers and fees of a dossier.
SELECT d.id, d.competent_unit_id AS unit_id, 1 AS n, coalesce(d.code, '') AS title, left(d.summary, 200) AS subtitle, d.code AS ref,
       d.channel::text AS channel, d.tier,
       (SELECT f.code FROM procedures_field f WHERE f.id = d.field_id) AS field,
       (SELECT p.code FROM procedures_procedure p WHERE p.id = d.procedure_id) AS procedure,
       CASE WHEN d.money = 0 THEN 'khong' ELSE 'co' END AS charged,
       CASE WHEN fee.dossier_id IS NOT NULL THEN 'co' ELSE 'khong' END AS paid,
       CASE WHEN fee.online THEN 'co' ELSE 'khong' END AS paid_online,
       CASE WHEN paper.reused THEN 'co' ELSE 'khong' END AS reused,
       CASE WHEN paper.dossier_id IS NULL THEN 'khong-giay-to' WHEN paper.waiting THEN 'chua' ELSE 'du' END AS digitised,
       CASE WHEN result.dossier_id IS NOT NULL THEN 'co' ELSE 'khong' END AS result,
       CASE WHEN result.file THEN 'co' ELSE 'khong' END AS result_file
  FROM dossiers_dossier d
  LEFT JOIN (SELECT e.dossier_id, bool_or(e.way = 'truc-tuyen') AS online
               FROM dossiers_fee e
              WHERE e.kind = 'paid' AND e.at < least(%(until)s::timestamptz, %(known_until)s::timestamptz)
                AND e.dossier_id IN (SELECT i.id FROM dossiers_dossier i WHERE i.received_on BETWEEN %(first)s::date AND %(last)s::date)
                AND NOT EXISTS (SELECT 1 FROM dossiers_fee x WHERE x.voids_id = e.id AND x.kind = 'voided'
                                   AND x.at < least(%(until)s::timestamptz, %(known_until)s::timestamptz))
              GROUP BY e.dossier_id) AS fee ON fee.dossier_id = d.id
  LEFT JOIN (SELECT r.dossier_id, bool_or(r.digitised = 0) AS waiting,
                    bool_or(r.digitised IN (2, 3)
                            AND r.added_at < least(%(until)s::timestamptz, %(known_until)s::timestamptz)) AS reused
               FROM dossiers_paper r
              WHERE r.dossier_id IN (SELECT i.id FROM dossiers_dossier i WHERE i.received_on BETWEEN %(first)s::date AND %(last)s::date)
              GROUP BY r.dossier_id) AS paper ON paper.dossier_id = d.id
  LEFT JOIN (SELECT r.dossier_id, bool_or(r.file_id IS NOT NULL) AS file
               FROM dossiers_result r
              WHERE r.added_at < least(%(until)s::timestamptz, %(known_until)s::timestamptz)
                AND r.dossier_id IN (SELECT i.id FROM dossiers_dossier i WHERE i.received_on BETWEEN %(first)s::date AND %(last)s::date)
              GROUP BY r.dossier_id) AS result ON result.dossier_id = d.id
 WHERE d.received_on BETWEEN %(first)s::date AND %(last)s::date AND {visible}
   AND d.opened_at < coalesce(%(known_until)s::timestamptz, 'infinity')
