-- A piece of fact_counts.sql, not a statement. Dossiers of which nothing was recorded since the facts' mark, in the state of the last day of
-- a period: the one span of each that holds the day. Three times, for each of the three indexes a
-- fact may stand in (queries/fact_counts.py).
SELECT a.dossier_id AS id, a.tier, a.field_id, a.unit_id AS competent_unit_id, a.received_on, a.channel, a.status, a.due_on,
       a.ended_on
  FROM indicators_dossierfact a
 WHERE (SELECT n.yes FROM near n) AND {span} AND a.since <= p.closes
   AND a.dossier_id NOT IN (SELECT f.dossier_id FROM fresh f)
