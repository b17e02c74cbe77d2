-- What the ledger of each dossier of a set adds up to, and what its published version asks through its channel.
-- Runs once in a verb about money. Indexes: primary key, dossiers_fee by dossier, the foreign keys of the catalogue.
SELECT d.id, coalesce(f.charged, 0), coalesce(f.paid, 0), coalesce(f.waived, 0), coalesce(f.refunded, 0), coalesce(f.dropped, 0),
       coalesce((SELECT sum(fee.amount) FROM procedures_casefee fee
                  WHERE fee.channel_id = (SELECT c.id FROM procedures_casechannel c WHERE c.case_id = d.case_id
                                           ORDER BY c.channel <> d.channel, c.channel LIMIT 1)), 0)
  FROM dossiers_dossier d
  LEFT JOIN LATERAL (
    SELECT sum(amount) FILTER (WHERE kind = 'charged') AS charged, sum(amount) FILTER (WHERE kind = 'paid') AS paid,
           sum(amount) FILTER (WHERE kind = 'waived') AS waived, sum(amount) FILTER (WHERE kind = 'refunded') AS refunded,
           sum(amount) FILTER (WHERE kind = 'dropped') AS dropped
      FROM dossiers_fee WHERE dossier_id = d.id) f ON TRUE
 WHERE d.id = ANY(%(ids)s::bigint[])
