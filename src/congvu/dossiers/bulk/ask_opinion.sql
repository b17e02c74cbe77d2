-- Writes the requests for opinions of a set of dossiers, one for each unit asked, and lets those units see the dossiers.
-- Runs after the verb's own statement, in its transaction. Indexes: primary keys, reach_by_unit.
WITH one AS (
    SELECT d.id, d.opened_at, d.receiving_unit_id, x.step, x.asker
      FROM unnest(%(ids)s::bigint[], %(steps)s::smallint[], %(askers)s::bigint[]) AS x (id, step, asker)
      JOIN dossiers_dossier d ON d.id = x.id
), reached AS (
    INSERT INTO dossiers_reach (unit_id, opened_at, dossier_id)
    SELECT u.unit, one.opened_at, one.id FROM one CROSS JOIN unnest(%(units)s::bigint[]) AS u (unit)
    ON CONFLICT DO NOTHING
)
INSERT INTO dossiers_opinion (dossier_id, step, receiving_unit_id, asking_unit_id, asked_unit_id, content, due_on, asked_at, asked_by)
SELECT one.id, one.step, one.receiving_unit_id, one.asker, u.unit, %(content)s, %(due_on)s::date, %(at)s::timestamptz,
       %(actor)s::bigint
  FROM one CROSS JOIN unnest(%(units)s::bigint[]) AS u (unit)
