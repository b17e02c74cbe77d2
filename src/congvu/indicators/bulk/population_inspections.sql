-- Inspections of reform begun within the period: some rows a year. Population inspections. Index: inspection_newest.
SELECT x.id, x.lead_id AS unit_id, 1 AS n, x.name AS title, x.number AS subtitle, x.id AS ref
  FROM tasks_inspection x
 WHERE x.first_day BETWEEN %(first)s::date AND %(last)s::date
   AND x.recorded_at < coalesce(%(known_until)s::timestamptz, 'infinity')
