-- What each agency holds now: dossiers with an open step there, through the access predicate. Runs on the interlinking
-- board. One row a unit; reads the open steps and their dossiers only (step_open_by_unit, primary key). A paused dossier
-- is not late (form 06 counts it in time), nor one whose result waits to be collected. A dossier with two open steps in one unit is one dossier.
SELECT h.unit_id, count(*) AS holds,
       count(*) FILTER (WHERE h.status IN (5, 6, 8)) AS paused,
       count(*) FILTER (WHERE h.status = 9) AS collect,
       count(*) FILTER (WHERE h.status IN (2, 4) AND h.step_due < %(on)s::date) AS step_late,
       count(*) FILTER (WHERE h.status IN (2, 4) AND h.due_on < %(on)s::date) AS late,
       count(*) FILTER (WHERE h.status IN (2, 4) AND h.due_on = %(on)s::date) AS today,
       count(*) FILTER (WHERE h.status IN (2, 4) AND h.due_on = %(next)s::date) AS next,
       min(h.since) FILTER (WHERE h.status <> 9) AS since
  FROM (SELECT s.unit_id, d.id, d.status, d.due_on, min(s.due_on) AS step_due, min(s.opened_at) AS since
          FROM dossiers_step s JOIN dossiers_dossier d ON d.id = s.dossier_id
         WHERE s.state = 1 AND {visible}
         GROUP BY s.unit_id, d.id) h
 GROUP BY h.unit_id
