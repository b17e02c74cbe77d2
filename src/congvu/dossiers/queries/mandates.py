"""Mandates to sign: a person's, and those an agency's people hold."""

from collections.abc import Iterable
from datetime import date

from django.db.models import F

from congvu.dossiers.models import SigningMandate
from congvu.dossiers.rules.signing import Mandate, SignForm
from congvu.foundation.identity.actor import Actor

LATEST = 300


def as_rule(row: SigningMandate) -> Mandate:
    """A recorded mandate as the rule takes it."""
    return Mandate(
        SignForm(row.form), row.title, row.head, row.body, row.via, row.basis, row.valid_from, row.valid_to,
        frozenset(row.procedures),
    )  # fmt: skip


def mandates_of(actor: Actor) -> dict[int, list[Mandate]]:
    """What `actor` may sign or might have signed, by agency, the last recorded first. 1 statement.

    Only the actor's own: who acts for an absent officer does the work, but signs with a mandate of their own.
    """
    found: dict[int, list[Mandate]] = {}
    for row in SigningMandate.objects.filter(account_id=actor.account_id or 0).order_by("-valid_from", "-id"):
        found.setdefault(row.unit_id, []).append(as_rule(row))
    return found


def mandates_in(units: Iterable[int] | None, on: date) -> list[SigningMandate]:
    """Those of agencies (None: of all) that have not ended before a day, with `name` of the holder. 1 statement."""
    rows = SigningMandate.objects.annotate(name=F("account__name")).exclude(valid_to__lt=on)
    if units is not None:
        rows = rows.filter(unit_id__in=list(units))
    return list(rows.order_by("unit_id", "valid_from", "id")[:LATEST])
