-- What each collector of a one-stop took, voided and gave back on a day, by way. Runs for the day sheet and for closing the
-- day. Index: fee_by_unit.
SELECT coalesce(f.actor_id, 0), coalesce(max(who.name), ''), f.way,
       count(*) FILTER (WHERE f.kind = 'paid'), coalesce(sum(f.amount) FILTER (WHERE f.kind = 'paid'), 0),
       count(*) FILTER (WHERE f.kind = 'voided'), coalesce(sum(f.amount) FILTER (WHERE f.kind = 'voided'), 0),
       coalesce(sum(f.amount) FILTER (WHERE f.kind = 'refunded'), 0)
  FROM dossiers_fee f LEFT JOIN identity_account who ON who.id = f.actor_id
 WHERE f.unit_id = %(unit)s::bigint AND f.day = %(day)s::date AND f.kind IN ('paid', 'voided', 'refunded')
 GROUP BY f.actor_id, f.way
 ORDER BY 2, 1, 3
