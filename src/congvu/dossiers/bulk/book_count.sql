-- How many dossiers the yearly register of a receiving unit holds. Runs on the page of registers and before each volume.
SELECT count(*)
  FROM dossiers_reach r
  JOIN dossiers_dossier d ON d.id = r.dossier_id
 WHERE r.unit_id = %(unit)s::bigint AND r.opened_at >= %(opened_from)s::timestamptz AND r.opened_at < %(until)s::timestamptz
   AND d.receiving_unit_id = %(unit)s::bigint
   AND d.received_on >= %(first)s::date AND d.received_on <= %(last)s::date AND {visible}
