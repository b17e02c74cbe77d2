-- Whether every session that was writing at a moment has finished: then no event numbered before it can still appear.
-- Runs when the facts are kept; the sessions of the database, tens.
SELECT NOT EXISTS (SELECT 1 FROM pg_stat_activity
                    WHERE datname = current_database() AND pid <> pg_backend_pid() AND backend_type = 'client backend'
                      AND xact_start <= %(noted_at)s::timestamptz)
