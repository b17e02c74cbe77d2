"""Who is this account today."""

from datetime import date

from congvu.foundation.identity.actor import Actor, Held
from congvu.foundation.identity.models import Account
from congvu.foundation.sql import statement

_BULK = "congvu.foundation.identity.bulk"
_COLUMNS = (  # of `who.sql`, before the role
    "id",
    "password",
    "last_login",
    "username",
    "name",
    "citizen_number",
    "is_active",
    "must_change_password",
    "created_at",
)


def account_and_roles(account_id: int, day: date) -> tuple[Account, tuple[Held, ...]] | None:
    """An account with the roles it holds on `day`, own ones first, then those lent; None for no account. 1 statement."""
    rows = statement(_BULK, "who").rows({"account_id": account_id, "day": day})
    if not rows:
        return None
    account = Account.from_db("default", _COLUMNS, rows[0][: len(_COLUMNS)])
    roles = (row[len(_COLUMNS) :] for row in rows)
    held = (
        Held(role, unit, None if owner == account_id else owner)
        for role, unit, owner in roles
        if role is not None
    )
    return account, tuple(held)


def actor_for(account: Account, day: date) -> Actor:
    """The actor an account is on `day`: own grants, then those lent by delegations. 1 statement."""
    found = account_and_roles(account.pk, day)
    return actor_with(account, found[1] if found else ())


def actor_with(account: Account, held: tuple[Held, ...]) -> Actor:
    """The actor an account is with these roles. No statement."""
    return Actor(
        account_id=account.pk,
        name=account.name,
        username=account.username,
        citizen_number=account.citizen_number,
        held=held,
        must_change_password=account.must_change_password,
    )
