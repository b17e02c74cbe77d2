-- The next share of the event log after the facts' mark: its last event, how many, and the dossiers it speaks of. Runs in the job that
-- keeps the facts; at most {share} events. Index: the primary key of events.
SELECT max(e.id), count(*), array_agg(DISTINCT e.dossier_id)
  FROM (SELECT id, dossier_id FROM dossiers_event WHERE id > %(done)s::bigint AND id <= %(upto)s::bigint
         ORDER BY id LIMIT %(share)s::int) e
