-- The frame of a sample: dossiers ended in a period, with a result to be judged. Runs when a sample is drawn. Rows: all of them.
-- Statuses 9 (finished) and 10 (returned).
SELECT competent_unit_id, id
  FROM dossiers_dossier
 WHERE ended_on BETWEEN %(first)s::date AND %(last)s::date AND status IN (9, 10)
 ORDER BY competent_unit_id, id
