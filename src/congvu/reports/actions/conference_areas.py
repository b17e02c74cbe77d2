"""What a conference's file records in the areas below, through their own actions. What is there already is left as it is, so
that a file loaded again changes nothing."""

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime

from congvu.foundation.identity.actor import Actor
from congvu.foundation.refusal import Refused
from congvu.organisation.actions.entries import Period
from congvu.organisation.actions.establish import establish
from congvu.organisation.actions.record_facilities import Equipment, record_facilities
from congvu.organisation.actions.record_quality import NewQuality, record_quality
from congvu.organisation.actions.recording import Decision
from congvu.organisation.models import OneStopFacility, QualitySystem
from congvu.organisation.queries import picture
from congvu.organisation.rules.changes import NewUnit
from congvu.reports.rules.conference import Conference, Group, Posts, Record
from congvu.staffing.actions.draft import Heading, draft
from congvu.staffing.actions.issue import issue
from congvu.staffing.models import QuotaDecision
from congvu.staffing.rules.kinds import ISSUED
from congvu.staffing.rules.lines import Line


@contextmanager
def at_line(line: int) -> Iterator[None]:
    """A refusal of an area, told with the line of the file."""
    try:
        yield
    except Refused as bad:
        if not line or bad.what.startswith("Dòng "):
            raise
        raise Refused(
            f"Dòng {line}: {bad.what}", where=f"dòng {line}", do=bad.do, article=bad.article
        ) from None


def load_units(conference: Conference, *, by: Actor, at: datetime) -> int:
    """The units that are not on record yet, group by group. Returns how many. Refuses a unit on record that is of another kind
    or did not stand on the day of the conference."""
    return sum(_load_group(group, conference, by, at) for group in conference.groups)


def _load_group(group: Group, conference: Conference, by: Actor, at: datetime) -> int:
    with at_line(group.line):
        known, wanted = picture(), []
        for unit in group.units:
            there = known.by_code(unit.code)
            if there is not None:
                span = known.at(there, conference.held.day)
                if span is None or (span.tier, span.kind) != (group.tier, group.kind):
                    raise Refused(
                        f"Mã {unit.code} đã là của một đơn vị khác loại, hoặc không hoạt động ngày diễn ra.",
                        do="Dùng mã khác, hoặc bỏ đơn vị này khỏi tệp.",
                    )
                continue
            above = known.by_code(unit.under) if unit.under else None
            if unit.under and above is None:
                raise Refused(f"Chưa có đơn vị cấp trên mã {unit.under}.", do="Khai đơn vị đó ở nhóm trước.")
            wanted.append(NewUnit(unit.code, unit.name, group.kind, group.tier, above))
        if wanted:
            paper = Decision(f"Tệp hội nghị {conference.code}", group.since, conference.source[:200])
            note = "tên giả định" if group.assumed else ""
            establish(wanted, effective=group.since, decision=paper, by=by, at=at, note=note)
        return len(wanted)


def units_of(conference: Conference, record: Record) -> list[int]:
    """The ids of the units a record is about. Refuses a code nobody has."""
    known, found = picture(), []
    for code in conference.chosen(record.units):
        unit = known.by_code(code)
        if unit is None:
            raise Refused(f"Không có đơn vị mã {code[:40]}.", do="Sửa mã, hoặc khai đơn vị trong [[units]].")
        found.append(unit)
    return found


def paper_of(record: Record) -> Decision:
    return Decision(record.paper, record.signed, record.issuer)


def load_one_stops(conference: Conference, record: Record, *, by: Actor, at: datetime) -> int:
    """By which model one-stops of units work from a day on."""
    level = str(record.facts["level"])
    units = units_of(conference, record)
    rows = OneStopFacility.objects.filter(
        unit__in=units, superseded_at=None, valid_from=record.since, level=level
    )
    fresh = _without(units, rows.values_list("unit_id", flat=True))
    record_facilities(
        [Equipment(unit, level) for unit in fresh],
        Period(record.since, record.until), decision=paper_of(record), by=by, at=at,
    )  # fmt: skip
    return len(fresh)


def load_quality(conference: Conference, record: Record, *, by: Actor, at: datetime) -> int:
    """Quality systems of units from a day on."""
    units = units_of(conference, record)
    standard, scope = str(record.facts["standard"]), str(record.facts["scope"])
    rows = QualitySystem.objects.filter(
        unit__in=units, superseded_at=None, valid_from=record.since, standard=standard
    )
    fresh = _without(units, rows.values_list("unit_id", flat=True))
    record_quality(
        [NewQuality(unit, standard, scope) for unit in fresh],
        Period(record.since, record.until), decision=paper_of(record), by=by, at=at,
    )  # fmt: skip
    return len(fresh)


def _without(units: Sequence[int], there: Iterable[int]) -> list[int]:
    known = set(there)
    return [unit for unit in units if unit not in known]


def load_posts(posts: Sequence[Posts], *, by: Actor, at: datetime) -> int:
    """Decisions of the staffing ledger, drafted and issued. Returns how many were not there yet."""
    there = set(
        QuotaDecision.objects.filter(number__in=[one.number for one in posts], state=ISSUED).values_list(
            "number", "signed_on"
        )
    )
    fresh = [one for one in posts if (one.number, one.signed) not in there]
    known = picture()
    for one in sorted(fresh, key=lambda post: (post.effective, post.number)):
        with at_line(one.line):
            lines = [
                Line(_unit(known.by_code(x.unit), x.unit), x.pool, x.kind, x.posts, x.note) for x in one.lines
            ]
            heading = Heading(one.number, one.signed, one.issuer, one.effective, one.title)
            issue([draft(heading, lines, by=by, at=at).id], by=by, at=at)
    return len(fresh)


def _unit(unit: int | None, code: str) -> int:
    if unit is None:
        raise Refused(f"Không có đơn vị mã {code[:40]}.", do="Khai đơn vị trong [[units]].")
    return unit
