-- A page of the outbox, newest first, of what its reader may see. Runs for the page «Thông báo». Indexes: the primary key,
-- notice_troubled for what needs a person, notice_by_dossier for one dossier.
SELECT n.id, n.channel, n."to", n.kind, n.about, n.state, n.tries, n.created_at, n.changed_at, n.next_try_at, n.gateway,
       n.gateway_id, n.why
  FROM notices_notice n
 WHERE {filters} AND {after} AND {visible}
 ORDER BY n.id DESC
 LIMIT %(limit)s::int
