-- Dossiers of a status, or of a lateness, that only few open ones have, newest first. Runs for every page of such a list.
-- Reads the open dossiers by their own index (dossier_open_by_due) and never the past. MATERIALIZED: the planner would
-- else walk the newest of all, sure to meet enough; each match is asked on its own who may see it (reach_by_unit).
WITH few AS MATERIALIZED (
    SELECT d.id, d.code, d.status, d.opened_at, d.received_at, d.received_on, d.due_on, d.ended_on, d.returned_at,
           d.owner_name, d.owner_phone, d.owner_number, d.summary, d.channel, d.receiving_unit_id, d.competent_unit_id,
           d.flagged, d.version, d.owner_account_id, d.procedure_version_id
      FROM dossiers_dossier d
     WHERE {after} AND {filters}
)
SELECT d.id, d.code, d.status, d.opened_at, d.received_at, d.received_on, d.due_on, d.ended_on, d.returned_at,
       d.owner_name, d.owner_phone, d.owner_number, d.summary, d.channel, d.receiving_unit_id, d.competent_unit_id,
       d.flagged, d.version, v.name AS procedure
  FROM few d
  JOIN procedures_procedureversion v ON v.id = d.procedure_version_id
 WHERE {visible}
 ORDER BY d.opened_at DESC, d.id DESC
 LIMIT %(limit)s::int
