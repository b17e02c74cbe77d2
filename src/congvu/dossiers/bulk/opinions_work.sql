-- Open requests for opinions that are a reader's business, most urgent first: to answer, overdue ones the reader's units
-- asked, overdue ones of dossiers the reader's one-stop received. Runs for my work and the list of opinions.
-- At most 200 rows a list. Indexes: opinion_open_by_asked, opinion_open_by_asking, opinion_open_by_desk.
WITH wanted AS (
    (SELECT 'asked' AS list, o.* FROM dossiers_opinion o
      WHERE o.asked_unit_id = ANY(%(mine)s::bigint[]) AND o.answered_at IS NULL AND o.withdrawn_at IS NULL
      ORDER BY o.due_on, o.id LIMIT %(most)s::int)
    UNION ALL
    (SELECT 'owed', o.* FROM dossiers_opinion o
      WHERE o.asking_unit_id = ANY(%(mine)s::bigint[]) AND o.answered_at IS NULL AND o.withdrawn_at IS NULL
        AND o.due_on < %(on)s::date
      ORDER BY o.due_on, o.id LIMIT %(most)s::int)
    UNION ALL
    (SELECT 'watched', o.* FROM dossiers_opinion o
      WHERE o.receiving_unit_id = ANY(%(desks)s::bigint[]) AND o.answered_at IS NULL AND o.withdrawn_at IS NULL
        AND o.due_on < %(on)s::date
      ORDER BY o.due_on, o.id LIMIT %(most)s::int)
)
SELECT o.list, o.id, d.id, d.code, d.version, d.summary, d.owner_name, o.step, o.receiving_unit_id, o.asking_unit_id,
       o.asked_unit_id, o.content, o.due_on, o.asked_at, coalesce(asker.name, ''), o.answered_at, o.answered_on, '', o.answer,
       o.file_id, o.file_name, o.withdrawn_at, o.withdrawn_why
  FROM wanted o
  JOIN dossiers_dossier d ON d.id = o.dossier_id AND d.ended_on IS NULL
  LEFT JOIN identity_account asker ON asker.id = o.asked_by
 WHERE {visible}
 ORDER BY o.list, o.due_on, o.id
