-- Hot. Writes what a verb decided for one dossier, as apply.sql does for a set: the row, the step that closes and the step
-- that opens, one event and one audit row. 1 statement, atomic by itself; nothing when the version moved. Plain
-- values: reading documents and joining them costs as much as writing the rows. Most verbs change no other value of the
-- row than its status: those travel in set_one.sql only when one of them does. Indexes: primary keys only.
WITH written AS (
    UPDATE dossiers_dossier d
       SET status = %(status)s::smallint, version = d.version + 1, last_event_at = %(at)s::timestamptz/*values*/
     WHERE d.id = %(id)s::bigint AND d.version = %(version)s::int
 RETURNING d.id, d.due_on, d.ended_on
/*steps*/), logged AS (
    INSERT INTO dossiers_event (dossier_id, at, verb, status_from, status_to, due_on, ended_on, step,
                                actor_id, office_id, reason)
    SELECT w.id, %(at)s::timestamptz, %(verb)s::text, %(status_from)s::smallint, %(status)s::smallint, w.due_on, w.ended_on,
           %(step)s::smallint, %(actor)s::bigint, %(office)s::bigint, %(reason)s::text
      FROM written w
), audited AS (
    INSERT INTO audit_auditentry (at, actor_id, actor_name, office_id, verb, object_kind, object_id, why, before, after)
    SELECT %(at)s::timestamptz, %(actor)s::bigint, %(actor_name)s::text, %(office)s::bigint, %(verb)s::text, 'dossier', w.id,
           %(reason)s::text, jsonb_build_object('status', %(status_from)s::smallint),
           jsonb_build_object('status', %(status)s::smallint, 'due_on', w.due_on, 'ended_on', w.ended_on,
                              'step', %(step)s::smallint)
      FROM written w
)
SELECT id FROM written
