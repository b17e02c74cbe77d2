"""Nạp một hội nghị từ tệp: all of it or nothing, through the actions of each area; the same file again changes nothing."""

import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime

from django.db import connection, transaction

from congvu.foundation.audit.actions import record
from congvu.foundation.clock import legal
from congvu.foundation.identity.actor import Actor
from congvu.foundation.refusal import Refused
from congvu.indicators.queries.figures import figures_of
from congvu.organisation.queries import picture
from congvu.reports.actions.conference_areas import (
    at_line,
    load_one_stops,
    load_posts,
    load_quality,
    load_units,
)
from congvu.reports.actions.conference_hand import load_hand
from congvu.reports.actions.conference_pilots import load_pilots
from congvu.reports.actions.conference_plans import load_plans
from congvu.reports.models import ConferenceFile
from congvu.reports.queries.conference import asked_of, newest
from congvu.reports.rules.conference import Conference
from congvu.reports.rules.conference_file import conference_of

Loader = Callable[..., int]
AREAS: dict[str, Loader] = {
    "one_stop": load_one_stops,
    "quality": load_quality,
    "pilots": load_pilots,
    "plans": load_plans,
}


@dataclass(frozen=True, slots=True)
class Loaded:
    """What a file brought. `again`: it was loaded before, nothing was done; `counts`: new records by area."""

    code: str
    edition: int
    again: bool
    counts: dict[str, int]


@transaction.atomic
def load_conference(text: str, *, by: Actor, at: datetime) -> Loaded:
    """Load a file: units, records, decisions on posts, numbers entered by hand, the file itself. Refuses a file with faults,
    each told with its line, and who may not write in an area it writes in (the area says so)."""
    conference = conference_of(text)
    sha256 = hashlib.sha256(text.encode()).hexdigest()
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended('reports.conference', 0))")
    there = newest(conference.code)
    if there is not None and there.sha256 == sha256:
        return Loaded(conference.code, there.edition, True, {})
    _refuse_unknown(conference, legal(at).date())
    counts = {"units": load_units(conference, by=by, at=at)}
    _refuse_homeless(conference)
    for one in conference.records:
        with at_line(one.line):
            counts[one.area] = counts.get(one.area, 0) + AREAS[one.area](conference, one, by=by, at=at)
    counts["posts"] = load_posts(conference.posts, by=by, at=at)
    counts["hand_figures"] = load_hand(conference, by=by, at=at)
    row = ConferenceFile.objects.create(
        code=conference.code, edition=there.edition + 1 if there else 1, name=conference.name,
        place=conference.place, held_on=conference.held.day,
        posted_on=conference.posted.day if conference.posted else None, year=conference.year, content=text,
        sha256=sha256, loaded_at=at, loaded_by=by.name[:200],
    )  # fmt: skip
    after = {"code": row.code, "edition": row.edition, "sha256": sha256, **counts}
    record("reports.load_conference", "conference_file", row.pk, by=by, at=at, after=after)
    return Loaded(row.code, row.edition, False, {name: n for name, n in counts.items() if n})


def _refuse_unknown(conference: Conference, today: date) -> None:
    """Populations, conditions and figures of the catalogue that there are not; a period that has not begun."""
    for figure in conference.figures:
        with at_line(figure.line):
            if figure.first > today:
                raise Refused(
                    f"Kỳ của «{figure.code}» bắt đầu {figure.first:%d/%m/%Y}, chưa tới.",
                    do="Sửa first, last.",
                )
            for part in (figure.counted, figure.less, figure.out_of):
                if part is not None:
                    asked_of(part)
            if figure.figure and not figures_of([figure.figure]):
                raise Refused(f"Không có số liệu «{figure.figure}».", do="Xem danh mục: congvu figures.")


def _refuse_homeless(conference: Conference) -> None:
    if picture().by_code(conference.home) is None:
        raise Refused(
            f"Không có đơn vị mã {conference.home}.", where="home", do="Ghi mã của đơn vị tổ chức hội nghị."
        )
