-- Dossiers that concern given units, newest first: one ordered walk of each unit's (list_walk), merged.
-- Runs for every page of an official's list, or of one unit's. Without a sparse filter it reads about (units x page)
-- index rows at any number of dossiers; with a text the planner may come from dossier_search instead.
SELECT d.id, d.code, d.status, d.opened_at, d.received_at, d.received_on, d.due_on, d.ended_on, d.returned_at,
       d.owner_name, d.owner_phone, d.owner_number, d.summary, d.channel, d.receiving_unit_id, d.competent_unit_id,
       d.flagged, d.version, v.name AS procedure
  FROM (SELECT DISTINCT near.id, near.opened_at
          FROM ({walks}) near
         ORDER BY near.opened_at DESC, near.id DESC
         LIMIT {limit}) page
  JOIN dossiers_dossier d ON d.id = page.id
  JOIN procedures_procedureversion v ON v.id = d.procedure_version_id
 WHERE {visible}
 ORDER BY d.opened_at DESC, d.id DESC
