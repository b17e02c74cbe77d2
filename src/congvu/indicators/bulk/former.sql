-- A piece of settled.sql, unsettled.sql and known.sql, not a statement. The agency and tier a dossier had at the moment
-- told, where it has been given to another since; dossiers never given away, nearly all, have no row here.
-- Index: former_unit_by_moment.
(SELECT DISTINCT ON (w.dossier_id) w.dossier_id, w.unit_id, w.tier
   FROM dossiers_former_unit w
  WHERE {since}
  ORDER BY w.dossier_id, w.until, w.id)
