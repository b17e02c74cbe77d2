-- How far the facts of dossiers came, and how many events came since. Runs with the job, the check and every answer in bulk.
-- Index: the primary key of events, from the mark on.
SELECT m.done, (SELECT count(*) FROM dossiers_event e WHERE e.id > m.done), m.fill_at IS NULL, m.kept_at
  FROM indicators_factsmark m
 WHERE m.area = 'dossiers'
