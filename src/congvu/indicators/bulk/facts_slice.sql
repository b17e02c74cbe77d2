-- Ten dossiers from each of some places between the first and the last, and ten that have facts; where there are few, all from the
-- first place on. A fact whose dossier is gone is drift too. Runs in the verifier. Index: primary keys of dossiers and of facts.
SELECT d.id
  FROM (SELECT min(id) AS low, max(id) AS high FROM dossiers_dossier) b
 CROSS JOIN unnest(%(places)s::float[]) AS p (place)
 CROSS JOIN LATERAL (SELECT id FROM dossiers_dossier
                      WHERE id >= b.low + floor(p.place * (b.high - b.low + 1))::bigint ORDER BY id
                      LIMIT CASE WHEN b.high - b.low < %(count)s::int THEN %(count)s::int ELSE 10 END) d
 UNION
SELECT f.dossier_id
  FROM (SELECT min(dossier_id) AS low, max(dossier_id) AS high FROM indicators_dossierfact) b
 CROSS JOIN unnest(%(places)s::float[]) AS p (place)
 CROSS JOIN LATERAL (SELECT DISTINCT dossier_id FROM indicators_dossierfact
                      WHERE dossier_id >= b.low + floor(p.place * (b.high - b.low + 1))::bigint ORDER BY dossier_id
                      LIMIT CASE WHEN b.high - b.low < %(count)s::int THEN %(count)s::int ELSE 10 END) f
