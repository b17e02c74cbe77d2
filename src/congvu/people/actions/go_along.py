"""People as what follows a unit: how many posts are held in it, and their going over."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime

from django.db.models import Count, Q, QuerySet
from django.urls import reverse

from congvu.foundation.identity.actor import Actor
from congvu.foundation.identity.roles import AUDITOR, LEADER, PERSONNEL
from congvu.organisation.models import Handover, Unit
from congvu.organisation.rules.following import Example, Going, Kind, Share
from congvu.organisation.rules.picture import Picture
from congvu.people.actions.bring_back import bring_back
from congvu.people.actions.follow_units import follow_units
from congvu.people.models import Appointment
from congvu.people.queries.present import present
from congvu.people.rules.codes import FOLLOWED

PERSON = Kind("person", "Người giữ vị trí", "người")

_READERS = (PERSONNEL, LEADER, AUDITOR)


class People:
    """See organisation's rules.following.Follower. Counted by posts: who holds two is counted twice."""

    kinds = (PERSON,)

    def count(self, unit_ids: Sequence[int], day: date, known: Picture) -> Mapping[tuple[int, str], int]:
        """1 statement. Those who went already count too: planned events carry people when they are recorded."""
        rows = (_staying(unit_ids, day) | _gone(unit_ids, day)).values_list("unit_id")
        return {(unit, PERSON.code): number for unit, number in rows.annotate(number=Count("id"))}

    def examples(self, unit_ids: Sequence[int], day: date, limit: int) -> Iterable[Example]:
        """1 statement. Whoever records events need not be shown names; the list is one link away."""
        codes = Unit.objects.filter(id__in=list(unit_ids)).values_list("id", "code")
        url = reverse("people")
        return [
            Example(unit, PERSON.code, "danh sách", f"{url}?don-vi={code}", _READERS, bare=False)
            for unit, code in codes
        ]

    def left(self, unit_ids: Sequence[int], day: date) -> Mapping[tuple[int, str], int]:
        """1 statement."""
        rows = _staying(unit_ids, day).values_list("unit_id").annotate(number=Count("id"))
        return {(unit, PERSON.code): number for unit, number in rows}

    def total(self, day: date, known: Picture) -> Mapping[str, int]:
        """Heads, by full posts. 1 statement."""
        return {PERSON.code: sum(sum(pools.values()) for pools in present(None, day).values())}

    def move(self, going: Going, cursor: str, *, by: Actor, at: datetime) -> Share:
        """10 statements at most."""
        if going.undoes is not None:
            undone = Handover.objects.get(id=going.undoes)
            back = bring_back(undone.event_id, going.from_id, going.to_id, why=going.decision, at=at)
            return Share({PERSON.code: back})
        before = _gone([going.from_id], going.day).count()
        late = _staying([going.from_id], going.day).filter(valid_from__gte=going.day).count()
        follow_units([going.event_id], at=at)
        return Share({PERSON.code: max(before, _gone([going.from_id], going.day).count()) + late}, whole=True)


def _staying(unit_ids: Sequence[int], day: date) -> "QuerySet[Appointment]":
    reaching = Q(valid_to=None) | Q(valid_to__gt=day)
    return Appointment.objects.filter(reaching, unit__in=list(unit_ids), superseded_at=None)


def _gone(unit_ids: Sequence[int], day: date) -> "QuerySet[Appointment]":
    return Appointment.objects.filter(
        unit__in=list(unit_ids), valid_to=day, ending=FOLLOWED, superseded_at=None
    )
