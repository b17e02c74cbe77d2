"""Who owes which plan on a day, who has it: 22/23 and 10/11 are 32/34 = 94,12 %, and merged units owe as they did then."""

import json
from datetime import date, datetime
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from congvu.config.cli import ready
from congvu.config.cli.main import main
from congvu.foundation.clock import LEGAL_ZONE, day_end
from congvu.foundation.identity.actor import STRANGER, SYSTEM
from congvu.foundation.notices.models import Notice
from congvu.foundation.refusal import Refused
from congvu.foundation.ui.formats import percent
from congvu.organisation.actions.merge import merge
from congvu.organisation.actions.recording import Decision
from congvu.organisation.queries import picture
from congvu.organisation.rules.changes import NewUnit
from congvu.organisation.rules.picture import Picture, Span
from congvu.organisation.tests.make import a_unit
from congvu.tasks.actions.remind_missing import name_focal, remind_missing
from congvu.tasks.actions.set_duty import NewDuty, let_off, set_duty
from congvu.tasks.models import PlanReminder
from congvu.tasks.queries.coverage import covered, duties
from congvu.tasks.rules.coverage import Have, coverage, owing
from congvu.tasks.rules.kinds import AGENCIES, COMMUNES, DISTRICTS, DRAFT, ISSUED, NONE, PERIOD, REFORM, YEAR
from congvu.tasks.tests.make import AT, SAID, a_plan, a_province

CONFERENCE = date(2012, 12, 21)


def owe(*classes: str, first: int = 2026, last: int | None = None, due: date | None = None) -> Any:
    term = YEAR if last is None else PERIOD
    (row,) = set_duty([NewDuty(REFORM, term, first, last or first, classes, due)], **SAID)
    return duties(ids=[row.pk])[0]


@pytest.fixture
def y2012(db: None) -> tuple[list[Any], list[Any]]:
    """22 of 23 agencies and 10 of 11 districts had issued the plans of 2012 and of 2011-2020."""
    agencies, districts = a_province(agencies=23, districts=11)
    owe(AGENCIES, DISTRICTS, first=2012)
    owe(AGENCIES, DISTRICTS, first=2011, last=2020)
    for unit in (*agencies[:22], *districts[:10]):
        a_plan(unit, 2012, issued_on=date(2012, 2, 1), number="12/KH")
        a_plan(unit, 2011, 2020, issued_on=date(2012, 3, 1), number="20/KH")
    return agencies, districts


def test_22_of_23_and_10_of_11_are_32_of_34_and_never_the_mean_of_two_rates(y2012: Any) -> None:
    agencies, districts = y2012
    told = covered(duties(2012), CONFERENCE, picture())
    assert [one.duty.term for one in told] == [YEAR, PERIOD]
    for one in told:
        parts = {part.code: part for part in one.coverage.parts}
        assert (parts[AGENCIES].issued, parts[AGENCIES].owing) == (22, 23)
        assert (parts[DISTRICTS].issued, parts[DISTRICTS].owing) == (10, 11)
        whole = one.coverage.whole
        assert (whole.issued, whole.owing, whole.share) == (32, 34, Fraction(32, 34))
        assert percent(whole.issued, whole.owing, 2) == "94,12%"
        assert {row.unit_id for row in whole.missing} == {agencies[22].pk, districts[10].pk}


def test_the_command_says_the_same(y2012: Any, monkeypatch: Any, capsys: Any) -> None:
    monkeypatch.setattr(ready, "django_ready", lambda **_: None)
    assert main(["plans", "coverage", "--at", "2012-12-21", "--json"]) == 0
    year, period = json.loads(capsys.readouterr().out)["plans"]
    assert (year["issued"], year["owing"], year["percent"]) == (32, 34, 94.12)
    assert (period["classes"]["so"]["percent"], period["classes"]["huyen"]["percent"]) == (95.65, 90.91)
    assert [one["code"] for one in year["missing"]] == ["H97.23", "H97.D11"]
    assert main(["plans", "coverage", "--at", "21/12/2012"]) == 0
    assert "32/34 = 94,12%" in capsys.readouterr().out
    assert main(["plans", "coverage", "--at", "x", "--json"]) == 2
    assert main(["plans", "coverage", "--at", "2012-12-21", "--year", "hai", "--json"]) == 2
    assert main(["plans", "coverage", "--json"]) == 2


@pytest.mark.django_db
def test_merged_units_owe_as_they_did_then_and_an_heir_owes_its_own() -> None:
    (one, other, third), _ = a_province(agencies=3, districts=0)
    duty = owe(AGENCIES, first=2025)
    a_plan(one, 2025, issued_on=date(2025, 1, 10), number="1/KH")
    a_plan(third, 2025, issued_on=date(2025, 1, 15), number="3/KH")
    new = NewUnit("H97.90", "Sở mới", "SO", "TINH", picture().by_code("H97"))
    merge([one.pk, other.pk], new, effective=date(2025, 3, 1), decision=Decision("15/NQ"), **SAID)
    (before,) = covered([duty], date(2025, 2, 28), picture())
    assert (before.coverage.whole.issued, before.coverage.whole.owing) == (2, 3)
    (after,) = covered([duty], date(2025, 3, 1), picture())
    assert (after.coverage.whole.issued, after.coverage.whole.owing) == (1, 2)
    (missing,) = after.coverage.whole.missing
    assert missing.unit_id == picture().by_code("H97.90")


@pytest.mark.django_db
def test_a_draft_is_no_plan_and_what_is_replaced_was_one() -> None:
    (unit, other), _ = a_province(agencies=2, districts=0)
    duty = owe(AGENCIES, due=date(2026, 1, 31))
    a_plan(unit, issued_on=date(2026, 1, 10), number="1/KH")
    a_plan(unit, issued_on=date(2026, 6, 1), number="9/KH")
    a_plan(other)

    def rows(on: date) -> list[tuple[str, str, bool]]:
        (told,) = covered([duty], on, picture())
        return [(row.state, row.number, row.late) for row in told.coverage.whole.rows]

    assert rows(date(2026, 1, 9)) == [(NONE, "", False), (NONE, "", False)]
    assert rows(date(2026, 5, 31)) == [(ISSUED, "1/KH", False), (NONE, "", True)]
    assert rows(date(2026, 11, 20)) == [(ISSUED, "9/KH", False), (DRAFT, "", True)]


@pytest.mark.django_db
def test_what_was_known_on_a_day_does_not_change_later() -> None:
    (unit,), _ = a_province(agencies=1, districts=0)
    duty = owe(AGENCIES)
    a_plan(unit, issued_on=date(2026, 1, 10), number="1/KH", at=datetime(2026, 6, 1, 9, tzinfo=LEGAL_ZONE))
    for known, issued in ((date(2026, 5, 31), 0), (date(2026, 6, 1), 1)):
        (told,) = covered([duty], date(2026, 2, 1), picture(), day_end(known))
        assert told.coverage.whole.issued == issued


@pytest.mark.django_db
def test_who_is_let_off_does_not_owe() -> None:
    (one, other), _ = a_province(agencies=2, districts=0)
    duty = owe(AGENCIES)
    assert let_off(duty.pk, [other.pk, other.pk], "Mới thành lập", **SAID) == 1
    assert let_off(duty.pk, [other.pk], "Mới thành lập", **SAID) == 0
    (told,) = covered(duties(ids=[duty.pk]), date(2026, 11, 20), picture())
    assert [row.unit_id for row in told.coverage.whole.rows] == [one.pk]
    assert told.exempt == {other.pk: "Mới thành lập"}


@pytest.mark.django_db
def test_missing_units_are_reminded_once_a_day_and_by_letter_where_someone_is_named() -> None:
    (has, lacks, other), _ = a_province(agencies=3, districts=0)
    duty = owe(AGENCIES, due=date(2026, 1, 31))
    a_plan(has, issued_on=date(2026, 1, 10))
    name_focal(lacks.pk, "Lê Thị Đầu Mối", "dau.moi@binhgiang.gov.vn", date(2026, 1, 1), **SAID)
    done = remind_missing(duty.pk, **SAID)
    assert (done.units, done.letters, done.already) == (2, 1, 0)
    letter = Notice.objects.get()
    assert letter.to == "dau.moi@binhgiang.gov.vn"
    assert "Sở số 2" in letter.text
    assert "đã quá ngày 31/01/2026" in letter.text
    again = remind_missing(duty.pk, [lacks.pk, has.pk], **SAID)
    assert (again.units, again.letters, again.already) == (0, 0, 1)
    assert PlanReminder.objects.count() == 2
    tomorrow = remind_missing(duty.pk, [lacks.pk], by=SYSTEM, at=AT.replace(day=21))
    assert (tomorrow.units, Notice.objects.count()) == (1, 2)
    with pytest.raises(Refused, match="Chỉ cán bộ tổ chức"):
        remind_missing(duty.pk, by=STRANGER, at=AT)
    assert not PlanReminder.objects.filter(unit=other.pk, on=date(2026, 11, 21)).exists()


@pytest.mark.django_db
def test_only_agencies_right_under_the_province_owe_and_communes_of_any_kind() -> None:
    (agency,), _ = a_province(agencies=1, districts=0)
    root = picture().by_code("H97")
    a_unit("H97.01.51", "Ban thuộc sở", agency, "BAN")
    a_unit("H97.01.01", "Phòng", agency, "PHONG")
    communes = [
        a_unit(f"H97.4{n}", f"Xã {n}", root, kind, tier="XA") for n, kind in enumerate(("XA", "PHUONG"))
    ]
    found = owing(picture(), date(2026, 11, 20), (AGENCIES, COMMUNES))
    assert found == {agency.pk: AGENCIES, **{one.pk: COMMUNES for one in communes}}


SINCE = date(2020, 1, 1)
ROOT = Span(1, "R", "Tỉnh", "", None, "TINH", "UBND", "1", SINCE)


@given(
    st.lists(
        st.tuples(st.sampled_from(["SO", "HUYEN"]), st.booleans(), st.dates(SINCE, date(2030, 1, 1))),
        max_size=20,
    ),
    st.dates(SINCE, date(2030, 1, 1)),
)
def test_parts_add_up_to_the_whole_and_nobody_is_counted_twice(
    units: list[tuple[str, bool, date]], on: date
) -> None:
    spans = [
        Span(
            n, f"U{n}", f"Đơn vị {n}", "", 1, "TINH" if kind == "SO" else "HUYEN", kind, f"{n:03}", SINCE, end
        )
        for n, (kind, _, end) in enumerate(units, 2)
        if end > SINCE
    ]
    known = Picture([ROOT, *spans])
    plans = [Have(n, n, n, "1/KH", SINCE, SINCE) for n, (_, has, _) in enumerate(units, 2) if has]
    told = coverage(known, on, (AGENCIES, DISTRICTS), [*plans, *plans])
    assert told.whole.issued == sum(part.issued for part in told.parts) <= told.whole.owing
    assert told.whole.owing == sum(span.covers(on) for span in spans)
    assert told.whole.issued + len(told.whole.missing) == told.whole.owing
