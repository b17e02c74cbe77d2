"""Every statistic by unit under one roof: its columns, and its numbers by the units as they were, as known at a moment.

What is published, compared and drawn on the map of communes is asked here, of the whole province: counts only, nobody's
file. A page of its own shows each to its reader through the access predicate.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from congvu.dossiers.access import Visible, visible_to
from congvu.foundation.identity.actor import SYSTEM, Actor
from congvu.foundation.identity.roles import AUDITOR, CLERK, LEADER, PERSONNEL, SPECIALIST
from congvu.foundation.refusal import Refused
from congvu.indicators.queries.by_unit import UnitRow, organisation_of, unit_rows
from congvu.indicators.queries.counts import BY_UNIT, Counting, count_dossiers
from congvu.indicators.queries.question import Question
from congvu.indicators.queries.reuse import reuse_by_unit
from congvu.indicators.rules.conditions import Condition
from congvu.indicators.rules.form06 import COLUMNS, CONDITIONS
from congvu.indicators.rules.on_time import ENDED_IN_PERIOD, ENDED_LATE, ENDED_ON_TIME
from congvu.indicators.rules.periods import Period
from congvu.indicators.rules.published import Line, Part, Spec
from congvu.organisation.rules.picture import Picture
from congvu.people.access import Sight, sight_of
from congvu.people.queries.present import present
from congvu.people.queries.quality import FACETS, quality_by_unit
from congvu.staffing.queries.ledger import balances
from congvu.staffing.rules.kinds import POOLS


@dataclass(frozen=True, slots=True)
class Reader:
    """For whom a statistic is counted: the dossiers and the people seen, the units whose posts are; and by which engine."""

    dossiers: Visible
    people: Sight
    count: Counting = (
        count_dossiers  # live, through the predicate; in bulk it is an engine's (queries/engines)
    )

    @property
    def live(self) -> bool:
        return self.count is count_dossiers


def the_province(question: Question, known: Picture) -> Reader:
    """Everything: what is published counts every dossier and every head. No statement."""
    return Reader(Visible(True, (), None), sight_of(SYSTEM, question.last, known))


def reader_of(actor: Actor, today: date, known: Picture) -> Reader:
    """What an actor sees. No statement."""
    return Reader(visible_to(actor, today, known), sight_of(actor, today, known))


Counted = Mapping[int, tuple[int, ...]]
DOSSIERS = (CLERK, SPECIALIST, LEADER, AUDITOR)
STAFF = (PERSONNEL, LEADER, AUDITOR)
POOL_WORDS = {
    "cong_chuc": "Công chức",
    "vien_chuc_nsnn": "Viên chức hưởng lương ngân sách",
    "vien_chuc_tu_bao_dam": "Viên chức tự bảo đảm",
    "hop_dong_111": "Hợp đồng",
    "cap_xa": "Cấp xã",
    "hoi": "Hội",
}


@dataclass(frozen=True, slots=True)
class Statistic:
    """`columns`: code and words; `by_unit`: the numbers of every unit as it was. `of_day`: told of the last day alone."""

    code: str
    title: str
    columns: tuple[tuple[str, str], ...]
    by_unit: Callable[[Question, Picture, Reader], Counted]
    readers: tuple[str, ...] = DOSSIERS
    of_day: bool = False

    @property
    def codes(self) -> tuple[str, ...]:
        return tuple(code for code, _ in self.columns)


def _form06(question: Question, known: Picture, reader: Reader) -> Counted:
    """1 statement."""
    return _by_unit(question, reader, CONDITIONS)


def _on_time(question: Question, known: Picture, reader: Reader) -> Counted:
    """1 statement."""
    found = _by_unit(question, reader, (ENDED_IN_PERIOD, ENDED_ON_TIME, ENDED_LATE))
    return {unit: numbers for unit, numbers in found.items() if any(numbers)}


def _by_unit(
    question: Question, reader: Reader, conditions: Sequence[Condition]
) -> dict[int, tuple[int, ...]]:
    found = reader.count(question, reader.dossiers, conditions, BY_UNIT)
    return {int(unit): numbers for (unit, _), numbers in found.items()}


def _reuse(question: Question, known: Picture, reader: Reader) -> Counted:
    """1 statement."""
    return {
        unit: (counts.received, counts.reused, counts.result, counts.paper)  # type: ignore[misc]
        for unit, counts in reuse_by_unit(question, reader.dossiers).items()
    }


def _posts(question: Question, known: Picture, reader: Reader) -> Counted:
    """Posts by pool as the ledger has them on the last day, and people present. 2 statements."""
    folded = balances([question.last], known, question.known_until)[0]
    people = present(None, question.last, question.known_until)
    units = {unit for unit, _ in folded.posts} | set(people)
    return {
        unit: (
            *(folded.posts.get((unit, pool), 0) for pool in POOLS),
            sum(people.get(unit, {}).values()),
        )
        for unit in sorted(units)
        if unit in reader.people.sees
    }


def _staff(question: Question, known: Picture, reader: Reader) -> Counted:
    """1 statement."""
    found = quality_by_unit(question.last, reader.people, None, question.known_until)
    return {unit: tuple(numbers) for unit, numbers in found.items()}


STATISTICS: Mapping[str, Statistic] = {
    one.code: one
    for one in (
        Statistic(
            "bieu-06",
            "Biểu 06 theo đơn vị",
            tuple((c.code, f"({c.number}) {c.part.value}: {c.heading.lower()}") for c in COLUMNS),
            _form06,
        ),
        Statistic(
            "dung-han",
            "Đúng hạn theo cơ quan",
            (("xong", "Đã giải quyết"), ("dung-han", "Trước hạn và đúng hạn"), ("qua-han", "Quá hạn")),
            _on_time,
        ),
        Statistic(
            "tai-su-dung",
            "Tái sử dụng giấy tờ theo cơ quan",
            (
                ("tiep-nhan", "Tiếp nhận trong kỳ"),
                ("dung-lai", "Có giấy tờ dùng lại"),
                ("ket-qua", "Từ kết quả đã cấp"),
                ("giay-to", "Từ giấy tờ hồ sơ khác"),
            ),
            _reuse,
        ),
        Statistic(
            "bien-che",
            "Biên chế được giao và người có mặt",
            (*((pool, POOL_WORDS[pool]) for pool in POOLS), ("co-mat", "Có mặt")),
            _posts,
            STAFF,
            of_day=True,
        ),
        Statistic(
            "doi-ngu",
            "Chất lượng đội ngũ",
            (("tong", "Tổng số"), *((key, words) for key, (_, words, _) in FACETS.items())),
            _staff,
            STAFF,
            of_day=True,
        ),
    )
}


def statistic_of(code: str) -> Statistic:
    """Refuses a code that is no statistic."""
    found = STATISTICS.get(code)
    if found is None:
        raise Refused(f"Không có bảng thống kê «{code[:30]}».", where="bang", do="Chọn bảng trong danh sách.")
    return found


def question_of(spec: Spec) -> Question:
    """The question as the published table asked it, to the moment."""
    return Question(Period(spec.first, spec.last), spec.as_of, known_at=spec.known_at)


def told_now(asked: Statistic, question: Question, map_on: date | None, known: Picture) -> tuple[Line, ...]:
    """The rows as known now: what a publisher sees before. 1-2 statements."""
    return tuple(
        map(
            _line,
            unit_rows(
                asked.by_unit(question, known, the_province(question, known)), known, question.last, map_on
            ),
        )
    )


def told(spec: Spec) -> tuple[Line, ...]:
    """The rows of a statistic as then known, on its map: the same for ever. 3-4 statements."""
    asked, question = statistic_of(spec.statistic), question_of(spec)
    known = organisation_of(question)
    rows = unit_rows(
        asked.by_unit(question, known, the_province(question, known)), known, question.last, spec.map_on
    )
    return tuple(map(_line, rows))


def _line(row: UnitRow) -> Line:
    parts = tuple(Part(one.code, one.name, one.share) for one in row.sources)
    whys = tuple(why.words for why in row.laid.whys) if row.laid else ()
    return Line(row.key, row.name, row.numbers, parts, whys)
