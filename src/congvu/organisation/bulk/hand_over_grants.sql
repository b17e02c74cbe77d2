-- Roles held in units that cease on a day: ended the day before; where there is a receiver, opened there on the day.
-- Runs when a merge, split or dissolution is recorded; tens of rows. identity_grant is small and read whole.
-- A role that would only have begun on or after the day is moved (receiver) or removed (none). A role the person
-- already holds in the receiver is opened only for the days not yet held. The right to sign for an agency (signer) comes with
-- a mandate of that agency and ends with it.
WITH ending AS (
    SELECT g.id, g.account_id, g.role, g.unit_id, g.valid_from, g.valid_to, m.receiver
    FROM identity_grant g
    JOIN unnest(%(units)s::bigint[], %(receivers)s::bigint[]) AS m (unit_id, receiver) ON m.unit_id = g.unit_id
    WHERE g.valid_to IS NULL OR g.valid_to >= %(day)s::date
    FOR UPDATE OF g
), wanted AS (
    SELECT account_id, role, receiver,
           range_agg(daterange(greatest(valid_from, %(day)s::date), valid_to, '[]')) AS days
    FROM ending WHERE receiver IS NOT NULL AND role <> 'signer'
    GROUP BY account_id, role, receiver
), opened AS (
    INSERT INTO identity_grant (account_id, role, unit_id, valid_from, valid_to)
    SELECT w.account_id, w.role, w.receiver, lower(part), upper(part) - 1
    FROM wanted w
    CROSS JOIN LATERAL unnest(w.days - coalesce(
        (SELECT range_agg(daterange(held.valid_from, held.valid_to, '[]')) FROM identity_grant held
         WHERE held.account_id = w.account_id AND held.role = w.role AND held.unit_id = w.receiver),
        '{}'::datemultirange)) AS part
    RETURNING id, account_id, role, unit_id
), shortened AS (
    UPDATE identity_grant g SET valid_to = %(day)s::date - 1
    FROM ending e WHERE g.id = e.id AND e.valid_from < %(day)s::date
    RETURNING g.id
), removed AS (
    DELETE FROM identity_grant g USING ending e WHERE g.id = e.id AND e.valid_from >= %(day)s::date
    RETURNING g.id
)
SELECT e.id, e.account_id, e.role, e.unit_id, e.receiver, e.valid_to,
       (SELECT min(o.id) FROM opened o
        WHERE o.account_id = e.account_id AND o.role = e.role AND o.unit_id = e.receiver)
FROM ending e
