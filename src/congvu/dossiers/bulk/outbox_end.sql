-- The last message that bulk/outbox.sql looked at, when more lie behind it. Runs after a page that did not become full. Same indexes.
SELECT w.id
  FROM (SELECT n.id FROM notices_notice n WHERE {filters} AND {after} ORDER BY n.id DESC LIMIT {walk} + 1) w
 ORDER BY w.id DESC
OFFSET {walk} - 1
 LIMIT 2
