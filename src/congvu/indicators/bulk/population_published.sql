-- What decisions did to procedures within the period, one row a procedure a decision: some thousand rows a year, no unit's
-- own. Population published.
SELECT i.id, NULL::bigint AS unit_id, 1 AS n, d.number || ' · ' || p.code AS title, left(p.name, 200) AS subtitle, p.code AS ref, i.action
  FROM procedures_publicationdecision d
  JOIN procedures_decisionitem i ON i.decision_id = d.id
  JOIN procedures_procedure p ON p.id = i.procedure_id
 WHERE d.issued_on BETWEEN %(first)s::date AND %(last)s::date
