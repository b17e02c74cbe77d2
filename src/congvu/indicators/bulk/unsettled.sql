-- A piece of form06.sql and records.sql, not a statement. The dossiers received by the end of the period and not ended by
-- then, each in the state its last event by then left: the row itself when nothing happened since, else the event log.
-- OFFSET keeps the three CASEs from being worked out anew for each of the thirteen columns. Whatever ended before the
-- period has its end in the row and is not looked at. Indexes: dossier_by_ended, event_by_dossier.
SELECT d.id, d.tier, d.field_id, d.competent_unit_id, d.received_on, d.channel,
       CASE WHEN e.id IS NULL THEN d.status ELSE e.status_to END AS status,
       CASE WHEN e.id IS NULL THEN d.due_on ELSE e.due_on END AS due_on,
       CASE WHEN e.id IS NULL THEN d.ended_on ELSE e.ended_on END AS ended_on
  FROM dossiers_dossier d
  LEFT JOIN LATERAL (
        SELECT v.id, v.status_to, v.due_on, v.ended_on
          FROM dossiers_event v
         WHERE d.last_event_at >= %(until)s::timestamptz AND v.dossier_id = d.id AND v.at < %(until)s::timestamptz
         ORDER BY v.at DESC, v.id DESC
         LIMIT 1) e ON TRUE
 WHERE d.received_on <= %(last)s::date AND (d.ended_on IS NULL OR d.ended_on > %(last)s::date) AND {visible}
   AND (e.id IS NOT NULL OR d.last_event_at < %(until)s::timestamptz)
 OFFSET 0
