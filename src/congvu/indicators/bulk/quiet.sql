-- The latest moment of which all recording is finished: what another session began to write before it might still come with
-- an earlier time of recording, and a table told as known then would change. Runs when a table is published; the sessions of
-- the database, tens.
SELECT least(%(at)s::timestamptz, min(xact_start)) - interval '1 second'
  FROM pg_stat_activity
 WHERE datname = current_database() AND pid <> pg_backend_pid() AND xact_start IS NOT NULL
