-- A piece of form06.sql and records.sql, not a statement. The state at the end of the period as far as had been recorded by
-- the end of another day: every dossier received by then, from the event log alone. Rare and slow (seconds at a million):
-- what was recorded late stands in no index. A past case may claim to have ended before it was received: its reception would be its
-- last event for ever, so of such a one only the events that ended it are asked, as its row and its facts say.
-- Index: event_by_dossier.
SELECT d.id, coalesce(f.tier, d.tier) AS tier, d.field_id, coalesce(f.unit_id, d.competent_unit_id) AS competent_unit_id,
       d.received_on, d.channel, e.status_to AS status, e.due_on, e.ended_on
  FROM dossiers_dossier d
  LEFT JOIN {former} AS f ON f.dossier_id = d.id
 CROSS JOIN LATERAL (
        SELECT v.status_to, v.due_on, v.ended_on
          FROM dossiers_event v
         WHERE v.dossier_id = d.id AND v.at < %(until)s::timestamptz AND v.recorded_at < %(known_until)s::timestamptz
           AND (v.ended_on IS NOT NULL OR (d.ended_at < d.received_at) IS NOT TRUE)
         ORDER BY v.at DESC, v.id DESC
         LIMIT 1) e
 WHERE d.received_on <= %(last)s::date AND {visible}
