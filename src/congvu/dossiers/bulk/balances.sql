-- What the ledger of each dossier of a set adds up to; what its published version asks through its channel (0 when several
-- lines of a kind are alternatives: rules.money.due_at_reception); what was charged when its open wait for payment began.
-- Runs once in a verb about money. Indexes: primary key, dossiers_fee and _pause by dossier, the foreign keys of the catalogue.
SELECT d.id, coalesce(f.charged, 0), coalesce(f.paid, 0), coalesce(f.waived, 0), coalesce(f.refunded, 0), coalesce(f.dropped, 0),
       coalesce((SELECT CASE WHEN count(*) = 1 OR (count(*) = count(DISTINCT fee.kind) AND NOT bool_or(fee.kind = 'CHUNG'))
                             THEN sum(fee.amount) END
                   FROM procedures_casefee fee
                  WHERE fee.amount > 0 AND fee.channel_id = (SELECT c.id FROM procedures_casechannel c WHERE c.case_id = d.case_id
                                           ORDER BY c.channel <> d.channel, c.channel LIMIT 1)), 0),
       coalesce((SELECT sum(x.amount) FROM dossiers_fee x JOIN dossiers_pause p ON p.dossier_id = x.dossier_id
                  WHERE x.dossier_id = d.id AND x.kind = 'charged' AND p.kind = 'payment' AND p.ended_at IS NULL
                    AND x.at >= p.started_at), 0),
       coalesce(f.voided, 0)
  FROM dossiers_dossier d
  LEFT JOIN LATERAL (
    SELECT sum(amount) FILTER (WHERE kind = 'charged') AS charged, sum(amount) FILTER (WHERE kind = 'paid') AS paid,
           sum(amount) FILTER (WHERE kind = 'waived') AS waived, sum(amount) FILTER (WHERE kind = 'refunded') AS refunded,
           sum(amount) FILTER (WHERE kind = 'dropped') AS dropped, sum(amount) FILTER (WHERE kind = 'voided') AS voided
      FROM dossiers_fee WHERE dossier_id = d.id) f ON TRUE
 WHERE d.id = ANY(%(ids)s::bigint[])
