-- Payments of fees taken in the period, with the agency the money is reconciled with: some 10,000 rows a month, through the
-- access predicate on their dossiers. Population payments. Index: fee_by_agency.
SELECT e.id, e.for_unit_id AS unit_id, 1 AS n, coalesce(d.code, '') AS title,
       to_char(e.day, 'DD/MM/YYYY') || ' · ' || e.amount || ' đồng' AS subtitle, d.code AS ref, e.way,
       CASE WHEN EXISTS (SELECT 1 FROM dossiers_fee x WHERE x.voids_id = e.id AND x.kind = 'voided'
                            AND x.at < coalesce(%(known_until)s::timestamptz, 'infinity'))
            THEN 'co' ELSE 'khong' END AS voided
  FROM dossiers_fee e
  JOIN dossiers_dossier d ON d.id = e.dossier_id
 WHERE e.kind = 'paid' AND e.day BETWEEN %(first)s::date AND %(last)s::date AND {visible}
   AND e.at < coalesce(%(known_until)s::timestamptz, 'infinity')
