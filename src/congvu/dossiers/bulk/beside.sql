-- What stands beside one dossier: visits, guidance, fees, notices, incidents, drafts, as JSON lists. Runs for the page of a dossier, through the access
-- predicate. 1 row. Indexes: primary key, the foreign keys to the dossier.
SELECT (SELECT json_agg(json_build_array(v.id, v.unit_id, v.visited_on, v.place, v.people, v.findings, v.file_id, v.file_name,
                                         coalesce(who.name, '')) ORDER BY v.visited_on, v.id)
          FROM dossiers_visit v LEFT JOIN identity_account who ON who.id = v.recorded_by WHERE v.dossier_id = d.id),
       (SELECT json_agg(json_build_array(g.given_at, g.told_to, g.way, g.content, coalesce(who.name, '')) ORDER BY g.id)
          FROM dossiers_guidance g LEFT JOIN identity_account who ON who.id = g.given_by WHERE g.dossier_id = d.id),
       (SELECT json_agg(json_build_array(f.day, d.code, d.owner_name, f.unit_id, f.for_unit_id, f.kind, f.amount, f.way, f.receipt_no,
                                         f.receipt_year, f.reference, f.reason, coalesce(who.name, ''), f.id,
                                         f.ground, f.percent, f.payer) ORDER BY f.id)
          FROM dossiers_fee f LEFT JOIN identity_account who ON who.id = f.actor_id WHERE f.dossier_id = d.id),
       (SELECT json_agg(json_build_array(n.id, n.channel, n."to", n.kind, n.state, n.changed_at, n.text, n.why) ORDER BY n.id DESC)
          FROM (SELECT * FROM notices_notice n WHERE n.about_id = d.id ORDER BY n.id DESC LIMIT 50) n),
       (SELECT json_agg(json_build_array(i.id, i.kind, i.content, i.unit_id, i.found_on, i.settled_at IS NOT NULL, i.apology, i.apology_on)
                        ORDER BY i.id)
          FROM dossiers_incident i WHERE i.dossier_id = d.id),
       (SELECT json_agg(json_build_array(x.number, x.name, x.file_name, x.state, x.submitted_at, coalesce(who.name, ''), x.ended_at,
                                         coalesce(ender.name, ''), x.why) ORDER BY x.number DESC)
          FROM dossiers_draft_result x
          LEFT JOIN identity_account who ON who.id = x.submitted_by
          LEFT JOIN identity_account ender ON ender.id = x.ended_by
         WHERE x.dossier_id = d.id)
  FROM dossiers_dossier d
 WHERE d.id = %(id)s::bigint AND {visible}
