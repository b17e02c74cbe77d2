-- One publisher at a time: an edition has one number. Held until the transaction ends. No table is touched.
SELECT pg_advisory_xact_lock(hashtextextended('congvu.indicators', 0))
