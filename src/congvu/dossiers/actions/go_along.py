"""Theo đơn vị kế thừa: what a unit that ends leaves at the one-stop goes to the unit that takes over, share by share."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date, datetime
from functools import cache
from typing import Any

from django.urls import reverse

from congvu.dossiers.access import Visible
from congvu.dossiers.models import Tie
from congvu.dossiers.queries import parcels
from congvu.dossiers.queries.compose import BULK
from congvu.dossiers.queries.stranded import left_by
from congvu.foundation.identity.actor import Actor
from congvu.foundation.identity.roles import AUDITOR, CLERK, LEADER, SPECIALIST
from congvu.foundation.refusal import Refused
from congvu.foundation.sql import Statement, statement
from congvu.organisation.queries import picture
from congvu.organisation.rules.following import Choice, Example, Going, Kind, Share
from congvu.organisation.rules.picture import Picture

AT_ONCE = 5000  # dossiers looked at in one share
DOSSIER = Kind("dossier", "Hồ sơ đang giải quyết", "hồ sơ")
TASK = Kind("task", "Bước việc đang làm", "bước")
RESULT = Kind("result", "Kết quả chờ trả", "kết quả")
OPINION = Kind("opinion", "Ý kiến còn nợ cơ quan khác", "ý kiến")
_READERS = (CLERK, SPECIALIST, LEADER, AUDITOR)
_FIRST = ("-infinity", 0)
_EVERYTHING = Visible(True, (), None)


class OneStop:
    """See organisation's rules.following.Follower."""

    kinds = (DOSSIER, TASK, RESULT, OPINION)

    def count(self, unit_ids: Sequence[int], day: date, known: Picture) -> Mapping[tuple[int, str], int]:
        """1 statement. What sits there now: a dossier has no other day."""
        return {(unit, kind): number for unit, kind, number in _holds(unit_ids)}

    def examples(self, unit_ids: Sequence[int], day: date, limit: int) -> Iterable[Example]:
        """The oldest of the first unit, by code: whoever records events is not shown whose they are. 1 statement."""
        for one in left_by(_EVERYTHING, unit_ids[0], limit):
            if one.code:
                yield Example(
                    unit_ids[0], DOSSIER.code, one.code, reverse("dossier", args=[one.code]), _READERS
                )

    def left(self, unit_ids: Sequence[int], day: date) -> Mapping[tuple[int, str], int]:
        """1 statement."""
        return {(unit, kind): number for unit, kind, number in _holds(unit_ids)}

    def total(self, day: date, known: Picture) -> Mapping[str, int]:
        """None is kept here: counters go on receiving while an event is recorded. Each share of `move` counts its own."""
        return {}

    def choices(self, unit_id: int) -> Sequence[Choice]:
        """1 statement."""
        return parcels.choices(unit_id)

    def words(self, chosen: Collection[str]) -> Sequence[str]:
        """2 statements."""
        return parcels.chosen_words(chosen)

    def held(self, unit_id: int, chosen: Collection[str]) -> Mapping[str, int]:
        """1 statement. What waits at the counter stays there: citizens collect where they handed in."""
        dossiers, tasks = parcels.chosen_held(unit_id, chosen)
        return {DOSSIER.code: dossiers, TASK.code: tasks}

    def move(self, going: Going, cursor: str, *, by: Actor, at: datetime) -> Share:
        """At most AT_ONCE dossiers. 2 statements. Refuses, and so takes back, a share in which one got lost on the way."""
        if going.undoes is not None:
            return _back(going, cursor, by, at)
        known = picture()
        procedures, fields = parcels.chosen_ids(going.chosen or ())
        after_at, after_id = cursor.split("|") if cursor else _FIRST
        rows = _going("go_along").rows({
            **_said("go_along", going, known, by, at), "after_at": after_at, "after_id": int(after_id), "day": at.date(),
            "handover": going.handover_id, "tie": int(Tie.FOLLOWED), "whole": going.chosen is None, "procedures": procedures,
            "fields": fields,
        })  # fmt: skip
        if not rows:
            return Share()
        near, last_at, last_id, *counts = rows[0]
        return _share(counts, f"{last_at.isoformat()}|{last_id}" if near == AT_ONCE else None)


def _back(going: Going, cursor: str, by: Actor, at: datetime) -> Share:
    rows = _going("go_back").rows(
        {
            **_said("go_back", going, picture(), by, at),
            "undoes": going.undoes,
            "tie": 0,
            "after": int(cursor or 0),
        }
    )
    near, last_id, *counts = rows[0]
    return _share(counts, str(last_id) if near == AT_ONCE else None)


@cache
def _going(way: str) -> Statement:
    return statement(BULK, way).with_part("written", statement(BULK, "go_written").text)


def _share(counts: Sequence[int], more: str | None) -> Share:
    """Refuses a share in which a dossier got lost on the way."""
    taken, written, dossiers, tasks, results, opinions = counts
    if taken != written:
        raise Refused(f"Lấy {taken} hồ sơ nhưng chỉ ghi {written}.", do="Chuyển lại; không có gì bị ghi dở.")
    return Share(
        {DOSSIER.code: dossiers, TASK.code: tasks, RESULT.code: results, OPINION.code: opinions}, more
    )


def _said(way: str, going: Going, known: Picture, by: Actor, at: datetime) -> dict[str, Any]:
    """What both ways are told: the two units, their names that day, why and by whom."""
    to = known.nearest(going.to_id, going.day)
    return {
        "verb": way, "old": going.from_id, "new": going.to_id, "most": AT_ONCE, "tier": to.tier if to else "", "at": at,
        "reason": f"{going.decision}, hiệu lực {going.day:%d/%m/%Y}", "actor_name": by.name,
        "old_name": _named(going.from_id, known, going.day), "new_name": _named(going.to_id, known, going.day),
    }  # fmt: skip


def _holds(unit_ids: Sequence[int]) -> list[tuple[int, str, int]]:
    return [
        (unit, kind, n) for unit, kind, n in statement(BULK, "unit_holds").rows({"units": list(unit_ids)})
    ]


def _named(unit_id: int, known: Picture, day: date) -> str:
    span = known.nearest(unit_id, day)
    return f"{span.name} ({span.code})" if span else ""
