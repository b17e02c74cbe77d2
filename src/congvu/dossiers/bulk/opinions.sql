-- Requests for opinions with the dossier they are about, through the access predicate. Runs for the page of a request and
-- of a dossier. A few rows. Indexes: primary key, or dossiers_opinion by dossier.
SELECT o.id, d.id, d.code, d.version, d.summary, d.owner_name, o.step, o.receiving_unit_id, o.asking_unit_id, o.asked_unit_id,
       o.content, o.due_on, o.asked_at, coalesce(asker.name, ''), o.answered_at, o.answered_on, coalesce(answerer.name, ''),
       o.answer, o.file_id, o.file_name, o.withdrawn_at, o.withdrawn_why
  FROM dossiers_opinion o
  JOIN dossiers_dossier d ON d.id = o.dossier_id
  LEFT JOIN identity_account asker ON asker.id = o.asked_by
  LEFT JOIN identity_account answerer ON answerer.id = o.answered_by
 WHERE {which} AND {visible}
 ORDER BY o.id
