-- All dossiers of a list, newest first, for the export: read through a server-side cursor, so memory stays constant.
SELECT d.code, v.name AS procedure, d.summary, d.owner_name, d.owner_number, d.owner_phone, d.owner_address,
       d.channel, d.receiving_unit_id, d.competent_unit_id, d.status, d.received_at, d.due_first, d.due_on, d.ended_on,
       d.returned_at, d.supplements, d.extensions
  FROM dossiers_dossier d
  JOIN procedures_procedureversion v ON v.id = d.procedure_version_id
 WHERE {visible} AND {filters}
 ORDER BY d.opened_at DESC, d.id DESC
 LIMIT %(limit)s::int
