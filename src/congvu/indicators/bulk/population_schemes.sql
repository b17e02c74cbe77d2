-- Job-position schemes in force on the last day, the newest approved one of each unit: some hundred rows. Population schemes.
SELECT DISTINCT ON (x.unit_id) x.id, x.unit_id, 1 AS n, x.decision_number || ' · ' || u.code AS title,
       'Phiên bản ' || x.version AS subtitle, x.id AS ref
  FROM staffing_scheme x
  JOIN organisation_unit u ON u.id = x.unit_id
 WHERE x.state = 'APPROVED' AND x.valid_from <= %(last)s::date
   AND x.approved_at < coalesce(%(known_until)s::timestamptz, 'infinity')
 ORDER BY x.unit_id, x.valid_from DESC, x.version DESC
