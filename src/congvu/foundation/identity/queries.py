"""Who is this account today."""

from datetime import date

from django.db.models import Q

from congvu.foundation.identity.actor import Actor, Held
from congvu.foundation.identity.models import Account, Delegation, Grant


def actor_for(account: Account, day: date) -> Actor:
    """The actor an account is on `day`: own grants, then those lent by delegations. 1 statement."""
    lending = Delegation.objects.filter(acting=account, valid_from__lte=day, valid_to__gte=day).values(
        "absent_id"
    )
    grants = (
        Grant.objects.filter(Q(account=account) | Q(account_id__in=lending), valid_from__lte=day)
        .filter(Q(valid_to__isnull=True) | Q(valid_to__gte=day))
        .order_by("id")
        .values_list("account_id", "role", "unit_id")
    )
    own = [Held(role, unit) for owner, role, unit in grants if owner == account.pk]
    borrowed = [Held(role, unit, owner) for owner, role, unit in grants if owner != account.pk]
    return Actor(
        account_id=account.pk,
        name=account.name,
        username=account.username,
        citizen_number=account.citizen_number,
        held=(*own, *borrowed),
        must_change_password=account.must_change_password,
    )
