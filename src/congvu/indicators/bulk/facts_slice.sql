-- Ten dossiers from each of some places between the first and the last; where there are few, all from the first place on.
-- Runs in the verifier. Index: primary key of dossiers.
SELECT d.id
  FROM (SELECT min(id) AS low, max(id) AS high FROM dossiers_dossier) b
 CROSS JOIN unnest(%(places)s::float[]) AS p (place)
 CROSS JOIN LATERAL (SELECT id FROM dossiers_dossier
                      WHERE id >= b.low + floor(p.place * (b.high - b.low + 1))::bigint ORDER BY id
                      LIMIT CASE WHEN b.high - b.low < %(count)s::int THEN %(count)s::int ELSE 10 END) d
