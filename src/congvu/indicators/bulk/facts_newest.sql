-- The newest number given to an event, and the clock of the server, in this order. Runs when the facts are kept. A number may be
-- taken and its event not yet be seen: facts_quiet.sql, which must look afresh, says when all of them are.
SELECT coalesce(pg_sequence_last_value(pg_get_serial_sequence('dossiers_event', 'id')::regclass), 0), clock_timestamp(),
       pg_stat_clear_snapshot()::text
