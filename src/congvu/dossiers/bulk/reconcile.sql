-- The sums of the ledger of fees between two days, for each one-stop and agency it collects for. Runs for reconciliation;
-- only entries of units the reader sees. Index: fee_by_unit, fee_by_agency.
SELECT f.unit_id, f.for_unit_id,
       coalesce(sum(amount) FILTER (WHERE kind = 'charged'), 0) - coalesce(sum(amount) FILTER (WHERE kind = 'dropped'), 0),
       coalesce(sum(amount) FILTER (WHERE kind = 'waived'), 0),
       coalesce(sum(amount) FILTER (WHERE kind = 'paid' AND way = 'quay'), 0),
       coalesce(sum(amount) FILTER (WHERE kind = 'paid' AND way = 'chuyen-khoan'), 0),
       coalesce(sum(amount) FILTER (WHERE kind = 'paid' AND way = 'truc-tuyen'), 0),
       coalesce(sum(amount) FILTER (WHERE kind = 'refunded'), 0),
       count(*) FILTER (WHERE kind = 'paid')
  FROM dossiers_fee f
 WHERE f.day BETWEEN %(first)s::date AND %(last)s::date AND {scope}
 GROUP BY f.unit_id, f.for_unit_id
 ORDER BY f.unit_id, f.for_unit_id
