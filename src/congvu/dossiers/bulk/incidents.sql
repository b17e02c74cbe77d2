-- Incidents with the dossier they befell, through the access predicate, newest first. Runs for the list of incidents, the page
-- of one, and the page of a dossier. Indexes: primary key, dossiers_incident by dossier, incident_open.
SELECT i.id, i.dossier_id, d.code, d.summary, d.owner_name, i.kind, i.content, i.unit_id, i.found_on, i.recorded_at,
       coalesce(teller.name, ''), i.remedy, i.cost, i.apology, i.apology_on, i.settled_at, coalesce(settler.name, '')
  FROM dossiers_incident i
  JOIN dossiers_dossier d ON d.id = i.dossier_id
  LEFT JOIN identity_account teller ON teller.id = i.recorded_by
  LEFT JOIN identity_account settler ON settler.id = i.settled_by
 WHERE {which} AND {visible}
 ORDER BY i.id DESC
 LIMIT %(limit)s::int
