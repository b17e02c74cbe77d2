-- A piece: one statement's rows for the period numbered {at}; the periods are joined by UNION ALL (queries/counts.py).
SELECT {at} AS period, {place} AS place, t.*
  FROM ({piece}) AS t
