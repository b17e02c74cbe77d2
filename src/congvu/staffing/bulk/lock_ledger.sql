-- One writer of the ledger at a time: what is refused depends on all lines, so issuing waits for the one before.
-- Held until the transaction ends. No table is touched.
SELECT pg_advisory_xact_lock(hashtextextended('congvu.staffing', 0))
