-- Makes the facts of a set of dossiers from their rows, the event log and the agencies they were given away by: one row for
-- every run of days in which nothing of a dossier changed (rules/facts.py says the same of one). Runs in the job that keeps the
-- facts, some thousands of dossiers a time, after facts_drop.sql in the same transaction. {which}: the set.
-- Indexes: primary key of dossiers, event_by_dossier, former_unit_by_dossier.
WITH d AS MATERIALIZED (
    SELECT d.id, d.competent_unit_id, d.tier, d.field_id, d.channel, d.received_on, d.status, d.due_on, d.ended_on,
           greatest(least(d.ended_on, (d.last_event_at AT TIME ZONE 'Asia/Ho_Chi_Minh')::date), d.received_on) AS final
      FROM dossiers_dossier d
     WHERE {which} AND d.received_on IS NOT NULL
), log AS (
    SELECT e.dossier_id, greatest((e.at AT TIME ZONE 'Asia/Ho_Chi_Minh')::date, d.received_on) AS since, e.at, e.id,
           e.status_to, e.due_on, e.ended_on, d.final
      FROM d JOIN dossiers_event e ON e.dossier_id = d.id
), states AS (
    SELECT DISTINCT ON (dossier_id, since) dossier_id, since, status_to AS status, due_on, ended_on
      FROM log
     WHERE since < final
     ORDER BY dossier_id, since, at DESC, id DESC
), whole AS (
    SELECT dossier_id, since, status, due_on, ended_on FROM states
     UNION ALL
    SELECT id, final, status, due_on, ended_on FROM d
), spans AS (
    SELECT w.*, lead(since, 1, DATE '9999-12-31') OVER (PARTITION BY dossier_id ORDER BY since) AS till FROM whole w
), gone AS (
    SELECT f.dossier_id, f.unit_id, f.tier, (f.until AT TIME ZONE 'Asia/Ho_Chi_Minh')::date AS day, f.until, f.id
      FROM d JOIN dossiers_former_unit f ON f.dossier_id = d.id
), held AS (
    SELECT dossier_id, unit_id, tier,
           lag(day, 1, DATE '0001-01-01') OVER (PARTITION BY dossier_id ORDER BY until, id) AS since, day AS till
      FROM gone
     UNION ALL
    SELECT d.id, d.competent_unit_id, d.tier, coalesce(g.day, DATE '0001-01-01'), DATE '9999-12-31'
      FROM d LEFT JOIN (SELECT dossier_id, max(day) AS day FROM gone GROUP BY 1) g ON g.dossier_id = d.id
), cut AS (
    SELECT s.dossier_id, greatest(s.since, h.since) AS since, h.unit_id, h.tier, s.status, s.due_on, s.ended_on
      FROM spans s
      JOIN held h ON h.dossier_id = s.dossier_id AND h.since < s.till AND s.since < h.till AND h.since < h.till
), changed AS (
    SELECT c.*, (c.unit_id, c.tier, c.status, c.due_on, c.ended_on)
                IS NOT DISTINCT FROM (lag(c.unit_id) OVER w, lag(c.tier) OVER w, lag(c.status) OVER w, lag(c.due_on) OVER w,
                                      lag(c.ended_on) OVER w) AS same
      FROM cut c
    WINDOW w AS (PARTITION BY c.dossier_id ORDER BY c.since)
)
INSERT INTO indicators_dossierfact (dossier_id, since, till, unit_id, tier, field_id, channel, received_on, status, due_on,
                                    ended_on)
SELECT c.dossier_id, c.since, lead(c.since, 1, DATE '9999-12-31') OVER (PARTITION BY c.dossier_id ORDER BY c.since),
       c.unit_id, c.tier, d.field_id, d.channel, d.received_on, c.status, c.due_on, c.ended_on
  FROM changed c JOIN d ON d.id = c.dossier_id
 WHERE NOT c.same
 ORDER BY c.dossier_id, c.since
