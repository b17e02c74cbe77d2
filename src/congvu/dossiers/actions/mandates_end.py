"""Thẩm quyền ký kết thúc cùng đơn vị: nobody signs in the name of an agency that is no more; who leads its heir grants anew."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime

from django.db.models import Count, F, Q, QuerySet

from congvu.dossiers.models import SigningMandate
from congvu.foundation.audit.actions import record_many
from congvu.foundation.audit.models import AuditEntry
from congvu.foundation.identity.actor import Actor
from congvu.foundation.workdays.days import previous_day
from congvu.organisation.rules.following import Example, Going, Kind, Share
from congvu.organisation.rules.picture import Picture

MANDATE = Kind(
    "mandate",
    "Thẩm quyền ký",
    "thẩm quyền",
    why="kết thúc cùng đơn vị; lãnh đạo bên nhận ghi thẩm quyền mới",
    ends="kết thúc cùng đơn vị",
)
_ENDED = "end_mandate_with_unit"


class Mandates:
    """See organisation's rules.following.Follower. The role of signer lent with a mandate ends with the unit's roles."""

    kinds = (MANDATE,)

    def count(self, unit_ids: Sequence[int], day: date, known: Picture) -> Mapping[tuple[int, str], int]:
        """1 statement."""
        return _counted(_beyond(unit_ids, day))

    def examples(self, unit_ids: Sequence[int], day: date, limit: int) -> Iterable[Example]:
        return ()

    def left(self, unit_ids: Sequence[int], day: date) -> Mapping[tuple[int, str], int]:
        """1 statement."""
        return _counted(_beyond(unit_ids, day))

    def total(self, day: date, known: Picture) -> Mapping[str, int]:
        return {}

    def move(self, going: Going, cursor: str, *, by: Actor, at: datetime) -> Share:
        """3 statements, none of them written when the unit has no mandate."""
        if going.undoes is not None:
            return Share({MANDATE.code: _again(going, by, at)})
        rows = list(_beyond([going.from_id], going.day).select_for_update().order_by("id"))
        told = []
        for one in rows:
            before = {"to": one.valid_to.isoformat() if one.valid_to else None}
            one.valid_to = max(one.valid_from, previous_day(going.day))
            told.append((one.pk, before, {"to": one.valid_to.isoformat(), "handover": going.handover_id}))
        SigningMandate.objects.bulk_update(rows, ["valid_to"], batch_size=500)
        record_many(_ENDED, "mandate", told, by=by, at=at, why=going.decision)
        return Share({MANDATE.code: len(rows)})


def _beyond(unit_ids: Sequence[int], day: date) -> "QuerySet[SigningMandate]":
    """Those that would hold on the day or after: one that begins later ends on its first day."""
    late = Q(valid_to__gte=day, valid_to__gt=F("valid_from"))
    return SigningMandate.objects.filter(Q(valid_to=None) | late, unit__in=list(unit_ids))


def _counted(rows: "QuerySet[SigningMandate]") -> dict[tuple[int, str], int]:
    return {
        (unit, MANDATE.code): number
        for unit, number in rows.values_list("unit_id").annotate(number=Count("id"))
    }


def _again(going: Going, by: Actor, at: datetime) -> int:
    """Those that ended by the record now undone, and were not touched since, hold as they did. 3 statements."""
    told = AuditEntry.objects.filter(verb=_ENDED, object_kind="mandate", after__handover=going.undoes)
    ended = {entry.object_id: entry for entry in told}
    rows, back = [], []
    for one in SigningMandate.objects.select_for_update().filter(pk__in=list(ended)).order_by("id"):
        before, after = ended[one.pk].before or {}, ended[one.pk].after or {}
        if one.valid_to is None or one.valid_to.isoformat() != after["to"]:
            continue
        one.valid_to = date.fromisoformat(before["to"]) if before.get("to") else None
        rows.append(one)
        back.append((one.pk, {"to": after["to"]}, {"to": before.get("to")}))
    SigningMandate.objects.bulk_update(rows, ["valid_to"], batch_size=500)
    record_many("mandate_back", "mandate", back, by=by, at=at, why=going.decision)
    return len(rows)
