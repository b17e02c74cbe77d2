-- How many numbering series each unit has: of dossiers by its code and day, of receipts by its id and year. Runs for the
-- preview of an event and when its record begins. Rows: one for a unit; numbering_series is read whole (tens of thousands).
SELECT split_part(key, ':', 2), count(*)
  FROM numbering_series
 WHERE split_part(key, ':', 2) = ANY(%(codes)s::text[])
    OR split_part(key, ':', 2) = ANY(%(units)s::bigint[]::text[])
 GROUP BY 1
