-- Units inspected within the period, once an inspection: some hundred rows. Population inspected_units.
SELECT y.id, y.unit_id, 1 AS n, u.code || ' · ' || to_char(y.held_on, 'DD/MM/YYYY') AS title, x.name AS subtitle, x.id AS ref
  FROM tasks_inspectedunit y
  JOIN tasks_inspection x ON x.id = y.inspection_id
  JOIN organisation_unit u ON u.id = y.unit_id
 WHERE y.held_on BETWEEN %(first)s::date AND %(last)s::date
   AND x.recorded_at < coalesce(%(known_until)s::timestamptz, 'infinity')
