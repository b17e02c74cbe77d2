-- One sheet of numbers at a time: the second finds the first's rows. Held until the transaction ends. No table is touched.
SELECT pg_advisory_xact_lock(hashtextextended('congvu.indicators.entering', 0))
