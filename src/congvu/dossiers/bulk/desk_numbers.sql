-- What stands over the counter's door: received today, waiting online, ready to give back; each counted to 1,000.
-- Runs on every page of the counter. Indexes: dossier_by_received, dossier_at_the_door, step_open_by_unit.
SELECT (SELECT count(*) FROM (
          SELECT 1 FROM dossiers_dossier d
           WHERE d.received_on = %(on)s::date AND d.receiving_unit_id = ANY(%(units)s::bigint[]) LIMIT 1001) a),
       (SELECT count(*) FROM (
          SELECT 1 FROM dossiers_dossier d
           WHERE d.received_at IS NULL AND d.status = 1 AND d.receiving_unit_id = ANY(%(units)s::bigint[]) LIMIT 1001) b),
       (SELECT count(*) FROM (
          SELECT 1 FROM dossiers_step s JOIN dossiers_dossier d ON d.id = s.dossier_id
           WHERE s.unit_id = ANY(%(units)s::bigint[]) AND s.state = 1 AND s.role = 'RETURN' AND d.status = 9 LIMIT 1001) c)
