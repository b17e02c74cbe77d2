-- Duties of a year, each with who was let off and the plans for its years, as known: some hundred rows. Index: plan_by_years.
SELECT d.id, d.name, d.subject, d.term, d.first_year, d.last_year, d.classes, d.due_on,
       ARRAY(SELECT e.unit_id FROM tasks_dutyexempt e WHERE e.duty_id = d.id
         AND e.recorded_at < coalesce(%(known_until)s::timestamptz, 'infinity')) AS let_off,
       p.id, p.unit_id, p.keeper_id, p.number,
       CASE WHEN p.issued_at < coalesce(%(known_until)s::timestamptz, 'infinity') THEN p.issued_on END AS issued_on, p.drafted_on
  FROM tasks_planduty d
  LEFT JOIN tasks_plan p ON p.subject = d.subject AND p.term = d.term AND p.first_year = d.first_year
        AND p.last_year = d.last_year AND p.drafted_at < coalesce(%(known_until)s::timestamptz, 'infinity')
 WHERE %(year)s BETWEEN d.first_year AND d.last_year
 ORDER BY d.term DESC, d.first_year DESC, d.id, p.id
