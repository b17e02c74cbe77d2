"""What a personnel file holds. Asked only by `actions.read_file`, which writes the reading into the log first."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from congvu.foundation.sql import filled
from congvu.people.models import SensitiveVersion
from congvu.people.queries.belief import believed
from congvu.people.queries.card import day_of
from congvu.people.queries.present import BULK


@dataclass(frozen=True, slots=True)
class About:
    """A version of who the person is, with the decision it rests on."""

    id: int
    name: str
    birth: date
    sex: str
    ethnicity: str
    citizen_number: str
    hired_on: date | None
    qualification: str
    politics: str
    details: Mapping[str, str]
    valid_from: date
    valid_to: date | None
    decision: str
    recorded_at: datetime
    recorded_by: str


@dataclass(frozen=True, slots=True)
class Paid:
    """A salary step."""

    id: int
    grade: str
    step: int
    coefficient: Decimal
    over_frame: int
    valid_from: date
    valid_to: date | None
    next_due: date | None
    decision: str

    def covers(self, day: date) -> bool:
        return self.valid_from <= day and (self.valid_to is None or day < self.valid_to)


@dataclass(frozen=True, slots=True)
class Part:
    """A training, a relative or a paper."""

    id: int
    kind: str
    code: str
    title: str
    note: str
    first: date | None
    last: date | None


@dataclass(frozen=True, slots=True)
class File:
    """`about` is the version of the day asked (the nearest when there is none); `versions` all that are believed."""

    about: About
    versions: tuple[About, ...]
    salary: tuple[Paid, ...]
    parts: tuple[Part, ...]

    def of(self, kind: str) -> list[Part]:
        return [one for one in self.parts if one.kind == kind]


@dataclass(frozen=True, slots=True)
class Sensitive:
    """The sensitive lines of the form on a day."""

    facts: Mapping[str, str]


def open_file(person_id: int, on: date, known_at: datetime | None) -> File:
    """The file as believed now or at a moment. 1 statement."""
    sql = filled(
        BULK, "file", v=believed("v", known_at), s=believed("s", known_at), f=believed("f", known_at)
    )
    versions, salary, parts = (
        json.loads(one) for one in sql.rows({"person": person_id, "known": known_at})[0]
    )
    told = tuple(map(_about, versions))
    about = next(
        (one for one in told if one.valid_from <= on and (one.valid_to is None or on < one.valid_to)),
        told[-1],
    )
    return File(about, told, tuple(map(_paid, salary)), tuple(map(_part, parts)))


def open_sensitive(person_id: int, on: date, known_at: datetime | None) -> Sensitive:
    """The sensitive facts of a day. 1 statement."""
    rows = SensitiveVersion.objects.filter(person=person_id, valid_from__lte=on)
    rows = rows.filter(recorded_at__lte=known_at) if known_at else rows.filter(superseded_at=None)
    for row in rows.order_by("-recorded_at", "-id"):
        still = row.superseded_at is None or (known_at is not None and row.superseded_at > known_at)
        if still and (row.valid_to is None or on < row.valid_to):
            return Sensitive(row.facts)
    return Sensitive({})


def _about(row: Mapping[str, Any]) -> About:
    return About(
        row["id"], row["name"], date.fromisoformat(row["birth"]), row["sex"], row["ethnicity"], row["citizen_number"],
        day_of(row["hired_on"]), row["qualification"], row["politics"], row["details"],
        date.fromisoformat(row["valid_from"]), day_of(row["valid_to"]), row["decision_number"],
        datetime.fromisoformat(row["recorded_at"]), row["recorded_by"],
    )  # fmt: skip


def _paid(row: Mapping[str, Any]) -> Paid:
    return Paid(
        row["id"], row["grade"], row["step"], Decimal(str(row["coefficient"])), row["over_frame"],
        date.fromisoformat(row["valid_from"]), day_of(row["valid_to"]), day_of(row["next_due"]), row["decision_number"],
    )  # fmt: skip


def _part(row: Mapping[str, Any]) -> Part:
    return Part(
        row["id"], row["kind"], row["code"], row["title"], row["note"], day_of(row["first"]), day_of(row["last"])
    )  # fmt: skip
