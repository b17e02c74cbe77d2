-- A piece of form06.sql and records.sql, not a statement. The dossiers received by the end of the period and not ended by
-- then, each in the state its last event by then left: the row itself when nothing happened since, else the event log.
-- {end}: asked once for those open to this day and once for those ended since, for the two stand apart in the index; in
-- one question with OR the planner, who cannot know that both days follow each other, would read all that was received.
-- {steady}: rows that moved on since, of which the row alone says that they were being handled and in time (see
-- queries/states.py); they need no look into the log. OFFSET keeps the CASEs from being worked out anew for each of the
-- thirteen columns. Whatever ended before the period has its end in the row and is not looked at.
-- Indexes: dossier_by_ended, event_by_dossier.
SELECT d.id, coalesce(f.tier, d.tier) AS tier, d.field_id, coalesce(f.unit_id, d.competent_unit_id) AS competent_unit_id,
       d.received_on, d.channel,
       CASE WHEN e.id IS NOT NULL THEN e.status_to WHEN d.last_event_at < %(until)s::timestamptz THEN d.status ELSE 4 END
           AS status,
       CASE WHEN e.id IS NOT NULL THEN e.due_on ELSE d.due_on END AS due_on,
       CASE WHEN e.id IS NOT NULL THEN e.ended_on WHEN d.last_event_at < %(until)s::timestamptz THEN d.ended_on END
           AS ended_on
  FROM dossiers_dossier d
  LEFT JOIN {former} AS f ON f.dossier_id = d.id
  LEFT JOIN LATERAL (
        SELECT v.id, v.status_to, v.due_on, v.ended_on
          FROM dossiers_event v
         WHERE d.last_event_at >= %(until)s::timestamptz AND NOT {steady}
           AND v.dossier_id = d.id AND v.at < %(until)s::timestamptz
         ORDER BY v.at DESC, v.id DESC
         LIMIT 1) e ON TRUE
 WHERE d.received_on <= %(last)s::date AND {end} AND {visible}
   AND (e.id IS NOT NULL OR d.last_event_at < %(until)s::timestamptz OR {steady})
 OFFSET 0
