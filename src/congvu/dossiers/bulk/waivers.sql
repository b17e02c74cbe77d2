-- What was waived between two days, by ground and share. Runs for the list of waivers. Index: fee_by_unit, fee_by_agency.
SELECT f.ground, f.percent, count(*), count(DISTINCT f.dossier_id), sum(f.amount)
  FROM dossiers_fee f
 WHERE f.kind = 'waived' AND f.day BETWEEN %(first)s::date AND %(last)s::date AND {scope}
 GROUP BY f.ground, f.percent
 ORDER BY f.ground, f.percent NULLS FIRST
