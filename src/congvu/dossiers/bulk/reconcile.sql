-- The sums of the ledger of fees between two days, for each one-stop and agency it collects for; a voided receipt takes its money out of the day it was voided. Runs for reconciliation;
-- only entries of units the reader sees. Index: fee_by_unit, fee_by_agency.
SELECT f.unit_id, f.for_unit_id,
       coalesce(sum(amount) FILTER (WHERE kind = 'charged'), 0) - coalesce(sum(amount) FILTER (WHERE kind = 'dropped'), 0),
       coalesce(sum(amount) FILTER (WHERE kind = 'waived'), 0),
       coalesce(sum(took) FILTER (WHERE way = 'quay'), 0),
       coalesce(sum(took) FILTER (WHERE way = 'chuyen-khoan'), 0),
       coalesce(sum(took) FILTER (WHERE way = 'truc-tuyen'), 0),
       coalesce(sum(took) FILTER (WHERE way = 'buu-chinh'), 0),
       coalesce(sum(amount) FILTER (WHERE kind = 'refunded'), 0),
       count(*) FILTER (WHERE kind = 'paid'), count(*) FILTER (WHERE kind = 'voided')
  FROM dossiers_fee f
 CROSS JOIN LATERAL (SELECT CASE kind WHEN 'paid' THEN amount WHEN 'voided' THEN -amount ELSE 0 END AS took) t
 WHERE f.day BETWEEN %(first)s::date AND %(last)s::date AND {scope}
 GROUP BY f.unit_id, f.for_unit_id
 ORDER BY f.unit_id, f.for_unit_id
