"""The ten dossiers of the worked example: exactly its row, then and later. Read the two tables side by side."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from uuid import uuid4

import pytest

from congvu.dossiers.actions.finish import finish
from congvu.dossiers.actions.hand_over import hand_over
from congvu.dossiers.actions.receive_registered import receive_registered
from congvu.dossiers.actions.refuse import refuse
from congvu.dossiers.actions.register_online import register_online
from congvu.dossiers.actions.request_supplement import request_supplement
from congvu.dossiers.actions.return_result import return_result
from congvu.dossiers.actions.withdraw import withdraw
from congvu.dossiers.models import Dossier
from congvu.dossiers.tests.make import Place, a_place, a_process, a_version, at
from congvu.foundation.identity.actor import SYSTEM
from congvu.indicators.queries.form06 import OF_THE_FORM, By, Form06, form06
from congvu.indicators.queries.records import form06_records
from congvu.indicators.rules.form06 import CODES

pytestmark = pytest.mark.django_db

DIRECT, ONLINE, POST = 1, 2, 3
OCTOBER = (date(2026, 10, 1), date(2026, 10, 31))
LATER = date(2026, 11, 20)

#  dossier  channel  received  term, days  due          then
TEN = """
   A        online   25/9      10          05/10        finished 02/10, returned 03/10
   B        direct   28/9      11          09/10        finished 09/10, returned 09/10
   C        online   05/10      7          12/10        finished 14/10
   D        post     06/10     24          30/10        handled
   E        online   20/10     17          06/11        handled
   F        direct   21/10      7          28/10        supplement 22/10
   G        online   22/10      –          –            refused 22/10
   H        direct   23/10      7          30/10        withdrawn 26/10
   I        direct   10/10      –          –            finished 25/10, returned 25/10
   J        online   30/10      7          06/11        finished 02/11, returned 03/11
"""

#   column   3  4  5  6   7  8  9 10  11 12 13
EXPECTED = (9, 3, 4, 2,  5, 1, 3, 1,  4, 3, 1)  # fmt: skip
BEHIND = {
    "c4": "CEJ", "c5": "DFHI", "c6": "AB", "c8": "A", "c9": "BHI", "c10": "C", "c12": "EFJ", "c13": "D",
    "c7": "ABCHI", "c11": "DEFJ", "c3": "ABCDEFHIJ",
}  # fmt: skip


STEPS = [
    ("Tiếp nhận", "RECEIVE", "RECEIVER", None, "0.5"),
    ("Giải quyết", "LEAD", "COMPETENT", None, "1"),
    ("Trả kết quả", "RETURN", "RECEIVER", None, "0.5"),
]


@dataclass(frozen=True)
class Line:
    name: str
    channel: int
    received: str
    term: int | None
    due: date | None
    then: tuple[tuple[str, str], ...]


def _lines() -> list[Line]:
    lines = []
    for text in TEN.strip().splitlines():
        name, channel, received, term, due, *then = text.split()
        verbs = tuple(tuple(part.split()) for part in " ".join(then).split(", "))
        lines.append(
            Line(
                name,
                {"direct": DIRECT, "online": ONLINE, "post": POST}[channel],
                received,
                int(term) if term != "–" else None,
                _day(due) if due != "–" else None,
                verbs,  # type: ignore[arg-type]
            )
        )
    return lines


def _day(text: str) -> date:
    day, month = text.split("/")
    return date(2026, int(month), int(day))


def _moment(text: str, hour: str) -> object:
    return at(f"{_day(text).isoformat()} {hour}")


def _received(place: Place, line: Line, version: int) -> int:
    intake = place.intake(line.name, version_id=version, channel=line.channel, intake_key=uuid4())
    dawn = _moment(line.received, "08:00")
    if line.name == "G":
        return register_online([intake], by=SYSTEM, at=dawn)[0].id  # type: ignore[arg-type]
    if line.channel == ONLINE:
        made = register_online([intake], by=SYSTEM, at=dawn)[0]  # type: ignore[arg-type]
        receive_registered([made.id], by=place.clerk, at=_moment(line.received, "09:00"))  # type: ignore[arg-type]
    else:
        when = f"{_day(line.received).isoformat()} 09:00"
        made = place.received(when, version_id=version, channel=line.channel, owner=line.name)
    hand_over([made.id], by=place.clerk, at=_moment(line.received, "10:00")).only()  # type: ignore[arg-type]
    return made.id


def _verbs(place: Place) -> dict[str, Callable[[int, object], object]]:
    return {
        "finished": lambda pk, when: finish([pk], by=place.specialist, at=when).only(),  # type: ignore[arg-type]
        "returned": lambda pk, when: return_result([pk], by=place.clerk, at=when).only(),  # type: ignore[arg-type]
        "withdrawn": lambda pk, when: withdraw([pk], "Người nộp rút", by=place.specialist, at=when).only(),  # type: ignore[arg-type]
        "refused": lambda pk, when: refuse([pk], "Không thuộc thẩm quyền", by=place.clerk, at=when).only(),  # type: ignore[arg-type]
        "supplement": lambda pk, when: request_supplement(
            [pk], "Bản sao", by=place.specialist, at=when
        ).only(),  # type: ignore[arg-type]
    }


class Ten:
    """The ten, lived through the verbs: first up to the end of October, the rest when `go_on` is called."""

    def __init__(self, place: Place) -> None:
        self.place, self.ids = place, {}
        self._rest: list[tuple[int, str, str]] = []
        versions: dict[int | None, int] = {}
        for line in _lines():
            if line.term not in versions:
                version = a_version(f"2.{len(versions):06d}", term=(line.term, "NGAY") if line.term else None)
                a_process(version, STEPS)
                versions[line.term] = version.pk
            pk = self.ids[line.name] = _received(place, line, versions[line.term])
            for verb, *day in (step for step in line.then if step[0] != "handled"):
                if _day(day[0]) <= OCTOBER[1]:
                    _verbs(place)[verb](pk, _moment(day[0], "15:00"))
                else:
                    self._rest.append((pk, verb, day[0]))
        for line in _lines():
            if line.name != "G":
                assert Dossier.objects.get(pk=self.ids[line.name]).due_first == line.due

    def go_on(self) -> None:
        assert [verb for _, verb, _ in self._rest] == ["finished", "returned"]
        for pk, verb, day in self._rest:
            _verbs(self.place)[verb](pk, _moment(day, "16:00"))

    @staticmethod
    def day(text: str) -> date:
        """ "05/10" -> 5 October 2026."""
        return _day(text)

    def names(self, ids: set[int]) -> str:
        return "".join(name for name, pk in sorted(self.ids.items()) if pk in ids)


@pytest.fixture
def ten() -> Ten:
    return Ten(a_place())


def _october(by: By = By.FORM, today: date = LATER, as_of: date | None = None) -> Form06:
    return form06(SYSTEM, *OCTOBER, today=today, as_of=as_of, by=by)


def _is_expected(form: Form06) -> None:
    assert tuple(getattr(form.total, code) for code in CODES) == EXPECTED
    assert all(holds for _, holds in form.identities)
    solved, received = form.ratios
    assert (solved.numerator, solved.denominator) == (4, 5)
    assert (received.numerator, received.denominator, received.article) == (4, 9, "NĐ 61/2018, Điều 30.2.c")


def test_the_row_at_the_end_of_october(ten: Ten) -> None:
    _is_expected(_october(today=OCTOBER[1]))


def test_the_same_row_when_the_report_is_made_again_later(ten: Ten) -> None:
    ten.go_on()
    assert Dossier.objects.get(pk=ten.ids["J"]).ended_on == date(2026, 11, 2)
    _is_expected(_october())
    _is_expected(_october(as_of=OCTOBER[1]))
    _is_expected(_october(as_of=date(2027, 6, 30)))


@pytest.mark.parametrize("by", OF_THE_FORM)
def test_the_total_is_the_same_however_the_rows_are_grouped(ten: Ten, by: By) -> None:
    form = _october(by)
    _is_expected(form)
    assert sum(row.counts.c3 for row in form.rows if not row.subtotal) == 9


def test_every_number_opens_exactly_its_dossiers(ten: Ten) -> None:
    ten.go_on()
    form = _october()
    for code, names in BEHIND.items():
        page = form06_records(SYSTEM, form.question, by=By.FORM, key="", column=code, today=LATER)
        assert ten.names({row.id for row in page.rows}) == names, code


def test_c_is_late_by_two_days_although_not_yet_returned(ten: Ten) -> None:
    form = _october()
    (late,) = form06_records(SYSTEM, form.question, by=By.FORM, key="TINH", column="c10", today=LATER).rows
    assert (late.id, late.days_late) == (ten.ids["C"], 2)


def test_in_november_j_is_carried_over_and_answered_early(ten: Ten) -> None:
    ten.go_on()
    form = form06(SYSTEM, date(2026, 11, 1), date(2026, 11, 30), today=LATER)
    for code, names in {"c6": "DEFJ", "c8": "J", "c13": "DE"}.items():
        rows = form06_records(SYSTEM, form.question, by=By.FORM, key="", column=code, today=LATER).rows
        assert ten.names({row.id for row in rows}) == names, code
    assert form.question.last == LATER


def test_before_the_month_is_over_nobody_is_late_for_a_day_to_come(ten: Ten) -> None:
    on_the_20th = _october(as_of=date(2026, 10, 20))
    late = form06_records(SYSTEM, on_the_20th.question, by=By.FORM, key="", column="c13", today=LATER)
    assert late.rows == []
    assert on_the_20th.total.c3 == 6  # A B C D E I: the others came later


def test_what_was_recorded_late_can_be_left_out(ten: Ten) -> None:
    """The test records everything at once, today: nothing was known before that, everything after."""
    before = form06(SYSTEM, *OCTOBER, today=LATER, known_on=date(2020, 1, 1))
    assert before.rows == ()
    after = form06(SYSTEM, *OCTOBER, today=LATER, known_on=date(2199, 1, 1))
    _is_expected(after)
    page = form06_records(SYSTEM, after.question, by=By.FORM, key="", column="c12", today=LATER)
    assert ten.names({row.id for row in page.rows}) == "EFJ"
