"""How a session becomes an account again: read together with its roles, because every request needs both."""

from typing import Any

from django.contrib.auth.backends import ModelBackend

from congvu.foundation import clock
from congvu.foundation.identity.actor import Held
from congvu.foundation.identity.models import Account
from congvu.foundation.identity.queries import account_and_roles

_ROLES = "_roles_when_read"


class AccountBackend(ModelBackend):
    """Django's own, but an account and today's roles are one statement, not two."""

    def get_user(self, user_id: Any) -> Account | None:
        """The account of a session, with its roles; None for one closed or gone. 1 statement."""
        found = account_and_roles(int(user_id), clock.today())
        if found is None or not self.user_can_authenticate(found[0]):
            return None
        setattr(found[0], _ROLES, found[1])
        return found[0]


def roles_read_with(account: Account) -> tuple[Held, ...]:
    """The roles read with an account by this backend. AttributeError for an account that came another way."""
    roles: tuple[Held, ...] = getattr(account, _ROLES)
    return roles
