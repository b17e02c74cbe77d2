-- A page of the outbox, newest first, of what its reader may see. Runs for the page «Thông báo». Who does not see all of it is
-- asked of at most {walk} messages, one after another, until the page is full. Indexes: the primary key, notice_troubled for
-- what needs a person, notice_by_dossier for one dossier; then those of the access predicate, once a message.
SELECT n.id, n.channel, n."to", n.kind, n.about, n.state, n.tries, n.created_at, n.changed_at, n.next_try_at, n.gateway,
       n.gateway_id, n.why
  FROM (SELECT * FROM notices_notice n WHERE {filters} AND {after} ORDER BY n.id DESC LIMIT {walk}) n
 WHERE {visible}
 ORDER BY n.id DESC
 LIMIT %(limit)s::int
