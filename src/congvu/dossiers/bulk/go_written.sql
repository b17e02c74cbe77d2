-- Part of go_along.sql and go_back.sql: what is written of the dossiers `going` from a unit to another, whichever way they go.
-- What stands in `receiving` and `competent` of each says which of its units changes. Indexes: primary keys.
), written AS (
    UPDATE dossiers_dossier d
       SET receiving_unit_id = CASE WHEN g.receiving THEN %(new)s::bigint ELSE d.receiving_unit_id END,
           competent_unit_id = CASE WHEN g.competent THEN %(new)s::bigint ELSE d.competent_unit_id END,
           tier = CASE WHEN g.competent THEN %(tier)s ELSE d.tier END,
           ties = d.ties | %(tie)s::smallint,  -- a dossier that went: later steps of the giver are the receiver's
           version = d.version + 1, last_event_at = %(at)s::timestamptz
      FROM going g
     WHERE d.id = g.id
 RETURNING d.id
), former AS (  -- a statistic of an earlier day asks who had it then
    INSERT INTO dossiers_former_unit (dossier_id, unit_id, tier, until)
    SELECT g.id, %(old)s::bigint, g.tier, %(at)s::timestamptz FROM going g WHERE g.competent
), enveloped AS (  -- the envelope waits at the counter where its dossiers do
    UPDATE dossiers_envelope e
       SET receiving_unit_id = %(new)s::bigint
      FROM dossiers_envelope_member m JOIN going g ON g.id = m.dossier_id
     WHERE e.id = m.envelope_id AND g.receiving AND e.receiving_unit_id = %(old)s::bigint
), reached AS (
    INSERT INTO dossiers_reach (unit_id, opened_at, dossier_id)
    SELECT %(new)s::bigint, g.opened_at, g.id FROM going g
    ON CONFLICT DO NOTHING
), logged AS (
    INSERT INTO dossiers_event (dossier_id, at, verb, status_from, status_to, due_on, ended_on, reason)
    SELECT g.id, %(at)s::timestamptz, %(verb)s, g.status, g.status, g.due_on, g.ended_on, %(reason)s FROM going g
