-- The officers of given units on a day, with how many open steps are in their hands, how many others hold for them, until when they are away.
-- Runs for the page of assignments and for the choice of an officer. Rows: an officer and unit. Indexes: step_by_officer, step_held_for.
SELECT g.unit_id, who.id, who.name,
       (SELECT count(*) FROM dossiers_step s WHERE s.officer_id = who.id AND s.state = 1 AND s.unit_id = g.unit_id),
       (SELECT count(*) FROM dossiers_step s WHERE s.held_for = who.id AND s.state = 1 AND s.unit_id = g.unit_id),
       (SELECT max(l.valid_to) FROM identity_delegation l
         WHERE l.absent_id = who.id AND %(day)s::date BETWEEN l.valid_from AND l.valid_to)
  FROM (SELECT DISTINCT unit_id, account_id FROM identity_grant
         WHERE unit_id = ANY(%(units)s::bigint[]) AND role IN ('clerk', 'specialist', 'leader')
           AND valid_from <= %(day)s::date AND (valid_to IS NULL OR valid_to >= %(day)s::date)) g
  JOIN identity_account who ON who.id = g.account_id AND who.is_active
 ORDER BY g.unit_id, who.name, who.id
