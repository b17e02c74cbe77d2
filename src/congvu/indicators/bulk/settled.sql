-- A piece of form06.sql and records.sql, not a statement. The dossiers whose handling ended within the period, as their
-- row says now: after the end only the return follows, which changes neither day (a case reopened loses its end and is
-- found by unsettled.sql). The 0 keeps the planner on the index of ends. Index: dossier_by_ended.
SELECT d.id, coalesce(f.tier, d.tier) AS tier, d.field_id, coalesce(f.unit_id, d.competent_unit_id) AS competent_unit_id,
       d.received_on, d.channel, d.status, d.due_on, d.ended_on
  FROM dossiers_dossier d
  LEFT JOIN {former} AS f ON f.dossier_id = d.id
 WHERE d.ended_on BETWEEN %(first)s::date AND %(last)s::date AND d.received_on + 0 <= %(last)s::date AND {visible}
