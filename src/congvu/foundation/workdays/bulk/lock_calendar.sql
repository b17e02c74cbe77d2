-- Lets one change of the calendar go at a time. Held to the end of the transaction; runs first in every change.
SELECT pg_advisory_xact_lock(7240118)
