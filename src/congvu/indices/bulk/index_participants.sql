-- The participants of rounds whose period touches the days asked, as records of a population of figures.
-- One row a sheet; runs when a figure over them is asked.
SELECT s.id, s.unit_id, 1 AS n, s.name AS title, r.name AS subtitle, s.id::text AS ref,
       i.code::text AS bo, i.edition::text AS nam, s.state::text AS buoc,
       CASE WHEN r.pilot <> '' THEN 'co' ELSE 'khong' END AS thi_diem
  FROM indices_sheet s
  JOIN indices_round r ON r.id = s.round_id
  JOIN indices_indexset i ON i.id = r.set_id
 WHERE r.first <= %(last)s::date AND r.last >= %(first)s::date AND i.measure <> 'sum'
   AND (%(known_until)s::timestamptz IS NULL OR r.opened_at < %(known_until)s::timestamptz)
