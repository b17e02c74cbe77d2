-- Part of apply.sql, for the verbs that begin or end a pause: ends the open pauses of the dossiers written when
-- `resuming`, and begins those in `pausing`.
), resumed AS (
    UPDATE dossiers_pause p SET ended_at = %(at)s::timestamptz
      FROM written w
     WHERE p.dossier_id = w.id AND p.ended_at IS NULL AND %(resuming)s::boolean
), paused AS (
    INSERT INTO dossiers_pause (dossier_id, kind, policy, started_at, reason, citation, asked_by)
    SELECT w.id, x.kind, x.policy, %(at)s::timestamptz, w.reason, x.citation, %(actor)s::bigint
      FROM json_to_recordset(%(pausing)s::json) AS x (dossier bigint, kind text, policy text, citation text)
      JOIN written w ON w.id = x.dossier
