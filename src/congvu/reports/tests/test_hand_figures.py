"""Numbers entered by hand in a report: their mark, their note, what is said when the units do not come to the whole."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from congvu.foundation.identity.actor import SYSTEM
from congvu.foundation.refusal import Refused
from congvu.indicators.actions.define_figures import Definition, define_figures, withdraw_figures
from congvu.indicators.actions.enter_figures import enter_figures
from congvu.indicators.rules.definitions import Flag, Measure
from congvu.indicators.rules.entering import Typed
from congvu.reports.actions.move_report import check_report
from congvu.reports.queries.numbers import WITHDRAWN
from congvu.reports.tests.make import NOW, Office, a_report, an_office, approved
from congvu.reports.tests.test_reports import told
from congvu.reports.web.telling import tell

pytestmark = pytest.mark.django_db
OCTOBER = (date(2026, 10, 1), date(2026, 10, 31))
CODE = "kiem-tra.so-cuoc"
TOKEN = "{{so-lieu:" + CODE + "}}"


@pytest.fixture
def office(make_person: Any, frozen_clock: Any) -> Office:
    made = an_office(make_person)
    define_figures(
        [Definition(CODE, "Số cuộc kiểm tra", Measure.INSPECTIONS.value, "Kế hoạch năm", words="Số cuộc kiểm tra trong kỳ")],
        by=SYSTEM, at=NOW,
    )  # fmt: skip
    return made


def entered(unit: int | None, number: int | None, flag: Flag = Flag.HAND, words: str = "") -> None:
    one = Typed(
        CODE, unit, *OCTOBER, flag, "Công văn 12/SNV", "Chưa có sổ kiểm tra",
        numerator=None if number is None else Decimal(number), words=words,
    )  # fmt: skip
    enter_figures([one], by=SYSTEM, at=NOW.replace(hour=9))


def test_a_number_nobody_entered_is_a_gap_and_stops_the_check(office: Office) -> None:
    made = a_report(office, f"Tổ chức {TOKEN} cuộc.")
    (one,) = told(made).values()
    assert "Chưa ai nhập" in one.gone
    assert one.name == "Số cuộc kiểm tra"
    with pytest.raises(Refused, match="không có giá trị"):
        check_report(made.pk, by=office.auditor.actor, at=NOW)


def test_an_entered_number_bears_a_mark_and_says_who_why_and_from_which_paper(office: Office) -> None:
    entered(None, 18)
    made = approved(office, f"Tổ chức {TOKEN} cuộc.")
    found = tell(made.body, made.numbers, made.charts)
    assert [(run.text, run.mark) for run in found.rows[0].runs] == [("Tổ chức ", 0), ("18", 1), (" cuộc.", 0)]
    (note,) = found.notes
    assert "Công văn 12/SNV. Chưa có sổ kiểm tra. Người nhập:" in note.told.note
    assert note.told.flag_words == "Nhập tay"


def test_parts_that_do_not_come_to_the_whole_are_told_with_the_difference(office: Office) -> None:
    entered(None, 18)
    entered(office.ground.units[0].pk, 7)
    (one,) = told(a_report(office, TOKEN)).values()
    assert one.numerator == 18
    assert "chênh 11" in " ".join(one.warnings)


def test_what_is_known_in_words_alone_is_printed_in_words(office: Office) -> None:
    entered(None, None, Flag.UNKNOWN_COUNT, "một số")
    found = tell((made := a_report(office, f"Kiểm tra {TOKEN} sở.")).body, made.numbers, {})
    assert found.rows[0].runs[1].text == "một số"
    assert found.notes[0].mark == 1


def test_a_figure_withdrawn_after_the_draft_is_gone_at_the_check(office: Office) -> None:
    entered(None, 18)
    made = a_report(office, TOKEN)
    check_report(made.pk, by=office.auditor.actor, at=NOW)
    withdraw_figures([CODE], why="Thôi dùng", by=SYSTEM, at=NOW)
    again = a_report(office, TOKEN, year=2025)
    assert {one.gone for one in told(again).values()} == {WITHDRAWN}
    from congvu.reports.actions.move_report import approve_report

    with pytest.raises(Refused, match="không có giá trị"):
        approve_report(made.pk, by=office.head.actor, at=NOW)
