-- Conditions counted over the dossiers of one or more periods for a reader of the whole province, one row per period and key: what
-- form06.sql counts over the rows, counted over the facts (queries/fact_counts.py). Whatever was recorded since the facts' mark is
-- counted from the rows of its dossiers; where too much was, or the facts are not filled, everything is. So no lag is shown, and no
-- other statement can come in between. Runs when a page of figures is opened or a report is made.
-- Each piece asks first whether it is its turn, which costs nothing when it is not.
-- Indexes: fact_by_end, fact_short, fact_long; the primary keys of events and dossiers; for the rows those of form06.sql.
WITH fresh AS MATERIALIZED (
    SELECT e.dossier_id
      FROM dossiers_event e
     WHERE e.id > (SELECT m.done FROM indicators_factsmark m WHERE m.area = 'dossiers')
     ORDER BY e.id
     LIMIT %(near)s::int + 1
), near AS MATERIALIZED (
    SELECT (SELECT count(*) FROM fresh) <= %(near)s::int
           AND EXISTS (SELECT 1 FROM indicators_factsmark m WHERE m.area = 'dossiers' AND m.fill_at IS NULL) AS yes
)
SELECT x.period, x.k1, x.k2, {sums}
  FROM ({pieces}) AS x
 GROUP BY x.period, x.k1, x.k2
