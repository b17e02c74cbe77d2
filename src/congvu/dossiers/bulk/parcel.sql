-- The open dossiers a unit is competent for or has a step of in hand, by procedure, with those steps: what may go to another
-- unit while this one goes on. Runs for the form and preview of an event, and when its record begins and ends. `procedures`
-- and `fields`: only of these, all when both are null. Rows: one a procedure. Indexes: dossier_open_by_due, step_open_by_unit.
WITH step AS MATERIALIZED (
    SELECT s.dossier_id AS id, count(*) AS steps
      FROM dossiers_step s
     WHERE s.state = 1 AND s.unit_id = %(unit)s::bigint AND s.role NOT IN ('RECEIVE', 'RETURN')
     GROUP BY s.dossier_id
), held AS MATERIALIZED (
    SELECT d.id FROM dossiers_dossier d
     WHERE d.ended_on IS NULL AND d.status NOT IN (3, 7, 10) AND d.competent_unit_id = %(unit)s::bigint
     UNION
    SELECT d.id FROM step JOIN dossiers_dossier d ON d.id = step.id
     WHERE d.ended_on IS NULL AND d.status NOT IN (3, 7, 10)
)
SELECT d.field_id, f.name, d.procedure_id, p.code, p.name, count(*), coalesce(sum(step.steps), 0)::int
  FROM held JOIN dossiers_dossier d ON d.id = held.id
  JOIN procedures_procedure p ON p.id = d.procedure_id
  JOIN procedures_field f ON f.id = d.field_id
  LEFT JOIN step ON step.id = d.id
 WHERE %(procedures)s::bigint[] IS NULL
    OR d.procedure_id = ANY(%(procedures)s::bigint[]) OR d.field_id = ANY(%(fields)s::bigint[])
 GROUP BY d.field_id, f.name, d.procedure_id, p.code, p.name
 ORDER BY f.name, d.field_id, p.code
