-- Part of receive.sql: the charge of the published fee.
), charged AS (
    INSERT INTO dossiers_fee (dossier_id, kind, amount, unit_id, for_unit_id, reason, at, day, actor_id)
    SELECT m.id, 'charged', f.amount, w.receiving_unit, w.competent_unit, f.reason, %(at)s::timestamptz, %(received_on)s::date,
           %(actor)s::bigint
      FROM want w JOIN made m USING (intake_key)
      JOIN json_to_recordset(%(fees)s::json) AS f (kind int, amount bigint, reason text) ON f.kind = w.kind
