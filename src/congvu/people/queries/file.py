"""What a personnel file holds. Asked only by `actions.read_file`, which writes the reading into the log first."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from congvu.foundation.refusal import Refused
from congvu.foundation.sql import filled
from congvu.people.models import Correction
from congvu.people.queries.belief import believed
from congvu.people.queries.card import day_of
from congvu.people.queries.present import BULK
from congvu.people.rules.codes import HANDOVERS


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

    def covers(self, day: date) -> bool:
        return self.valid_from <= day and (self.valid_to is None or day < self.valid_to)


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
    counted_from: date

    def covers(self, day: date) -> bool:
        return self.valid_from <= day and (self.valid_to is None or day < self.valid_to)


@dataclass(frozen=True, slots=True)
class Part:
    """A training, a relative or a paper. `hidden`: sensitive, and the reading was not granted for that."""

    id: int
    kind: str
    code: str
    title: str
    note: str
    first: date | None
    last: date | None
    number: str
    issuer: str
    sheets: int | None
    sensitive: bool
    scanned: bool
    destroyed_by: str
    hidden: bool = False


@dataclass(frozen=True, slots=True)
class PutRight:
    """A line put right by a later decision: what it said, what it says, which paper was wrong."""

    line: str
    was: str
    became: str
    corrected: str
    reason: str
    decision: str
    decision_date: date | None
    recorded_at: datetime
    recorded_by: str
    hidden: bool


@dataclass(frozen=True, slots=True)
class Handover:
    """The file went from hand to hand. `why_wrong`: it was put right by a later record, or never happened (`struck_out`)."""

    id: int
    way: str
    on: date
    party: str
    giver: str
    taker: str
    number: str
    papers: int
    sheets: int | None
    note: str
    why_wrong: str = ""
    struck_out: bool = False
    put_right_by: str = ""

    @property
    def stands(self) -> bool:
        return not self.why_wrong

    @property
    def way_words(self) -> str:
        return HANDOVERS.get(self.way, self.way)


@dataclass(frozen=True, slots=True)
class File:
    """`about` is the version of the day asked (the nearest when there is none); `versions` all that are believed."""

    about: About
    versions: tuple[About, ...]
    salary: tuple[Paid, ...]
    parts: tuple[Part, ...]
    corrections: tuple[PutRight, ...]
    handovers: tuple[Handover, ...]

    def of(self, kind: str) -> list[Part]:
        return [one for one in self.parts if one.kind == kind]


@dataclass(frozen=True, slots=True)
class Sensitive:
    """The sensitive lines of the form on a day."""

    facts: Mapping[str, str]


def open_file(
    person_id: int, on: date, known_at: datetime | None, *, with_sensitive: bool
) -> tuple[File, Sensitive | None]:
    """The file as believed now or at a moment, and its sensitive lines of the day when they were granted. 1 statement."""
    places = {alias: believed(alias, known_at) for alias in "vsfn"}
    params = {"person": person_id, "known": known_at, "on": on, "sensitive": with_sensitive}
    row = filled(BULK, "file", **places).rows(params)[0]
    versions, salary, parts, corrections, handovers = (json.loads(one) for one in row[:5])
    facts = json.loads(row[5]) if row[5] else {}
    told = tuple(map(_about, versions))
    if not told:
        raise Refused(
            "Theo ghi nhận đến ngày ấy chưa có hồ sơ này.", where="biet-den", do="Chọn ngày muộn hơn."
        )
    about = next((one for one in told if one.covers(on)), told[-1])
    opened = File(
        about,
        told,
        tuple(map(_paid, salary)),
        tuple(_part(one, with_sensitive) for one in parts),
        tuple(_put_right(one, with_sensitive) for one in corrections),
        _handovers(handovers),
    )
    return opened, Sensitive(facts) if with_sensitive else None


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
        date.fromisoformat(row["counted_from"]),
    )  # fmt: skip


def _part(row: Mapping[str, Any], with_sensitive: bool) -> Part:
    days = (day_of(row["first"]), day_of(row["last"]))
    if row["sensitive"] and not with_sensitive:
        return Part(row["id"], row["kind"], "", "", "", *days, "", "", row["sheets"], True, False, "", True)
    return Part(
        row["id"], row["kind"], row["code"], row["title"], row["note"], *days, row["number"], row["issuer"], row["sheets"],
        row["sensitive"], row["file_id"] is not None, row["destroyed_by"] or "",
    )  # fmt: skip


def _put_right(row: Mapping[str, Any], with_sensitive: bool) -> PutRight:
    hidden = row["sensitive"] and not with_sensitive
    was, became, corrected = ("", "", "") if hidden else (row["was"], row["became"], row["corrected"])
    return PutRight(
        row["line"], was, became, corrected, row["reason"] if not hidden else "", row["decision_number"],
        day_of(row["decision_date"]), datetime.fromisoformat(row["recorded_at"]), row["recorded_by"], hidden,
    )  # fmt: skip


def _handovers(rows: Sequence[Mapping[str, Any]]) -> tuple[Handover, ...]:
    """Every record; one that was put right says why, and a row that only strikes another out is told there."""
    later = {row["corrects_id"]: row for row in rows if row["corrects_id"] is not None}
    return tuple(_handover(row, later.get(row["id"])) for row in rows if not row["struck_out"])


def _handover(row: Mapping[str, Any], later: Mapping[str, Any] | None) -> Handover:
    wrong = (later["reason"], later["struck_out"], later["recorded_by"]) if later else ("", False, "")
    return Handover(
        row["id"], row["way"], date.fromisoformat(row["on"]), row["party"], row["giver"], row["taker"], row["number"],
        row["papers"], row["sheets"], row["note"], *wrong,
    )  # fmt: skip


def post_corrections(person_id: int, known_at: datetime | None) -> list[PutRight]:
    """Corrections of posts, the latest first: as open as the posts are. 1 statement."""
    rows = Correction.objects.filter(person=person_id, line=Correction.POST).order_by("-recorded_at", "-id")
    if known_at is not None:
        rows = rows.filter(recorded_at__lte=known_at)
    return [
        PutRight(
            row.line, row.was, row.became, row.corrected, row.reason, row.decision_number, row.decision_date, row.recorded_at,
            row.recorded_by, False,
        )
        for row in rows
    ]  # fmt: skip
