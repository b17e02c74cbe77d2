-- An account and the roles it holds on a day: its own grants, then those lent to it by delegations.
-- Runs at every signed-in request: 1 row a role (1 with nulls when it holds none), by the keys of account,
-- grant (account_id) and delegation (acting_id).
SELECT account.id, account.password, account.last_login, account.username, account.name,
       account.citizen_number, account.is_active, account.must_change_password, account.created_at,
       held.role, held.unit_id, held.account_id
FROM identity_account AS account
LEFT JOIN LATERAL (
    SELECT g.id, g.role, g.unit_id, g.account_id
    FROM identity_grant AS g
    WHERE g.account_id = account.id
      AND g.valid_from <= %(day)s::date AND (g.valid_to IS NULL OR g.valid_to >= %(day)s::date)
    UNION
    SELECT g.id, g.role, g.unit_id, g.account_id
    FROM identity_delegation AS lent
    JOIN identity_grant AS g ON g.account_id = lent.absent_id
    WHERE lent.acting_id = account.id
      AND g.role <> 'signer'  -- may not be passed on: NĐ 30/2020, art. 13.3
      AND %(day)s::date BETWEEN lent.valid_from AND lent.valid_to
      AND g.valid_from <= %(day)s::date AND (g.valid_to IS NULL OR g.valid_to >= %(day)s::date)
) AS held ON true
WHERE account.id = %(account_id)s::bigint
ORDER BY held.account_id IS DISTINCT FROM account.id, held.id
