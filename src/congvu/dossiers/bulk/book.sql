-- One volume of the yearly register of a receiving unit: dossiers in the order they were received, numbered from 1 through
-- the year. Runs when a volume is printed; at most one volume of rows, picked first, so that officers and receivers are looked
-- up for its lines alone. Index: reach_by_unit (a year of the unit is walked).
WITH line AS MATERIALIZED (
    SELECT d.id, d.received_at
      FROM dossiers_reach r
      JOIN dossiers_dossier d ON d.id = r.dossier_id
     WHERE r.unit_id = %(unit)s::bigint AND r.opened_at >= %(opened_from)s::timestamptz AND r.opened_at < %(until)s::timestamptz
       AND d.receiving_unit_id = %(unit)s::bigint
       AND d.received_on >= %(first)s::date AND d.received_on <= %(last)s::date AND {visible}
     ORDER BY d.received_at, d.id
     OFFSET %(skip)s::int LIMIT %(limit)s::int
)
SELECT %(skip)s::int + row_number() OVER (ORDER BY l.received_at, l.id), d.code, coalesce(nullif(d.summary, ''), v.name),
       d.copies, d.owner_name, d.owner_address, d.owner_phone, d.received_at, d.due_on, d.returned_at, d.return_method,
       coalesce((SELECT a.name FROM dossiers_event e JOIN identity_account a ON a.id = e.actor_id
                  WHERE e.dossier_id = d.id AND e.verb IN ('receive', 'receive_registered') ORDER BY e.at LIMIT 1), ''),
       d.status,
       coalesce((SELECT x.received_by FROM dossiers_result x
                  WHERE x.dossier_id = d.id AND x.received_by <> '' ORDER BY x.id DESC LIMIT 1), '')
  FROM line l
  JOIN dossiers_dossier d ON d.id = l.id
  JOIN procedures_procedureversion v ON v.id = d.procedure_version_id
 ORDER BY l.received_at, l.id
