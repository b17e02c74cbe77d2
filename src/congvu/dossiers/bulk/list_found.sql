-- Dossiers found by a text, or by someone who may see everything, newest first. Runs for every page of such a list.
-- Indexes: dossier_search (text), dossier_by_opened (no text), reach_by_unit for the access predicate of each row.
SELECT d.id, d.code, d.status, d.opened_at, d.received_at, d.received_on, d.due_on, d.ended_on, d.returned_at,
       d.owner_name, d.owner_phone, d.owner_number, d.summary, d.channel, d.receiving_unit_id, d.competent_unit_id,
       d.flagged, d.version, v.name AS procedure
  FROM dossiers_dossier d
  JOIN procedures_procedureversion v ON v.id = d.procedure_version_id
 WHERE {visible} AND {after} AND {filters}
 ORDER BY d.opened_at DESC, d.id DESC
 LIMIT %(limit)s::int
