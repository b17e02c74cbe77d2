"""Reading accounts for the people who keep them."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Exists, F, Func, OuterRef, Q, QuerySet, Value
from django.db.models.functions import Lower

from congvu.foundation.identity.models import Account, Delegation, Grant
from congvu.foundation.text import composed, fold

# PostgreSQL's translate(): one letter for one letter, so that "hanh" finds "Hạnh" without a column of its own.
_MARKED = "áàảãạăắằẳẵặâấầẩẫậéèẻẽẹêếềểễệíìỉĩịóòỏõọôốồổỗộơớờởỡợúùủũụưứừửữựýỳỷỹỵđ"
_PLAIN = "".join(fold(letter) for letter in _MARKED)


@dataclass(frozen=True, slots=True)
class AccountRow:
    """An account with the grants in force on the day asked."""

    account: Account
    grants: tuple[Grant, ...]


@dataclass(frozen=True, slots=True)
class AccountFilter:
    """`text` is a user name, words of a name or an ID number; `role` held on the day; `active` None for all."""

    text: str = ""
    role: str = ""
    active: bool | None = None


def account_page(
    asked: AccountFilter, on: date, *, after: tuple[str, int] | None = None, limit: int = 50
) -> list[AccountRow]:
    """A page by user name below the key `after` (username, id); one row more when more follow. 2 statements."""
    found = Account.objects.order_by("username")
    if after is not None:
        found = found.filter(username__gt=after[0])
    if asked.active is not None:
        found = found.filter(is_active=asked.active)
    if asked.role:
        held = in_force(on).filter(account=OuterRef("pk"), role=asked.role)
        found = found.filter(Exists(held))
    text = composed(asked.text)
    if text:
        words = fold(text)
        named = Q(plain__contains=words) if words else Q(pk__in=())
        digits = text.replace(" ", "")
        numbered = Q(citizen_number=digits) if digits.isdigit() else Q(pk__in=())
        found = found.annotate(
            plain=Func(Lower(F("name")), Value(_MARKED), Value(_PLAIN), function="translate")
        ).filter(named | numbered | Q(username__startswith=text.lower()))
    accounts = list(found[: limit + 1])
    return _with_grants(accounts, on)


def in_force(on: date) -> QuerySet[Grant]:
    """The grants held on a day, as a query."""
    return Grant.objects.filter(valid_from__lte=on).filter(Q(valid_to__isnull=True) | Q(valid_to__gte=on))


def grants_of(account_id: int) -> list[Grant]:
    """Every role an account has had, the latest first. 1 statement."""
    return list(
        Grant.objects.filter(account_id=account_id).order_by(
            F("valid_to").desc(nulls_first=True), "-valid_from"
        )
    )


def delegations_of(account_id: int, limit: int = 50) -> list[Delegation]:
    """The delegations an account gave or received, the latest first, with both people. 1 statement."""
    return list(
        Delegation.objects.filter(Q(absent_id=account_id) | Q(acting_id=account_id))
        .select_related("absent", "acting")
        .order_by("-valid_to", "-id")[:limit]
    )


def officials(on: date, limit: int = 2000) -> list[tuple[int, str]]:
    """(id, "Name (username)") of the active accounts that hold a role in a unit on a day, by name. 1 statement."""
    held = in_force(on).filter(account=OuterRef("pk"), unit_id__isnull=False)
    rows = Account.objects.filter(Exists(held), is_active=True).order_by("name", "id")
    return [
        (pk, f"{name} ({username})")
        for pk, name, username in rows.values_list("id", "name", "username")[:limit]
    ]


def _with_grants(accounts: Iterable[Account], on: date) -> list[AccountRow]:
    accounts = list(accounts)
    held: dict[int, list[Grant]] = {}
    for grant in in_force(on).filter(account_id__in=[one.pk for one in accounts]).order_by("id"):
        held.setdefault(grant.account_id, []).append(grant)
    return [AccountRow(one, tuple(held.get(one.pk, ()))) for one in accounts]
