"""Self-scores that fill themselves: from figures, from each dossier, from what offices entered; what people wrote stays."""

from datetime import date

import pytest
from django.db.models import F

from congvu.dossiers.actions.finish import finish
from congvu.dossiers.actions.hand_over import hand_over
from congvu.dossiers.models import Dossier, DossierStep
from congvu.dossiers.tests.make import a_place, a_process, a_version, at
from congvu.foundation.clock import legal
from congvu.foundation.identity.actor import SYSTEM
from congvu.indicators.queries.by_unit import organisation_of
from congvu.indicators.queries.populations import source_of
from congvu.indicators.queries.question import ask
from congvu.indicators.queries.statistics import the_province
from congvu.indices.actions.fill_sheets import fill_sheets
from congvu.indices.actions.write_sheet import Typed, write_sheet
from congvu.indices.models import Entry, Sheet
from congvu.indices.queries.one_stop import dossier_points
from congvu.indices.rules.one_stop import AGENCY, SUPPLEMENTS, TIME, points_of_supplements, points_of_time
from congvu.indices.rules.starter.one_stop import ONE_STOP
from congvu.indices.tests.make import AT, a_round, a_set

pytestmark = pytest.mark.django_db
FIRST, LAST = date(2026, 10, 1), date(2026, 12, 31)
STEPS = [
    ("Tiếp nhận", "RECEIVE", "RECEIVER", None, "0.5"),
    ("Giải quyết", "LEAD", "COMPETENT", None, "3"),
    ("Trả kết quả", "RETURN", "RECEIVER", None, "0.5"),
]
BOUND = "1; Đúng hạn; 10; tỷ lệ từ 50; ho-so.dung-han\n"


@pytest.fixture
def place():  # type: ignore[no-untyped-def]
    """Three dossiers of five working days, done before, on and after their day; the second was sent back once."""
    place = a_place()
    version = a_version("2.000001")
    a_process(version, STEPS)
    received = [place.received(f"2026-11-0{day} 08:00", version_id=version.pk) for day in (2, 3, 4)]
    for one in received:
        hand_over([one.id], by=place.clerk, at=at("2026-11-04 08:30")).only()
    for one, done in zip(received, ("2026-11-06", "2026-11-10", "2026-11-13"), strict=True):
        finish([one.id], by=place.specialist, at=at(f"{done} 10:00")).only()
    Dossier.objects.filter(pk=received[1].id).update(supplements=F("supplements") + 1)
    return place


def test_the_statement_gives_each_dossier_the_points_the_law_gives_it(place) -> None:  # type: ignore[no-untyped-def]
    told = dossier_points({place.home_affairs.pk: [place.home_affairs.pk]}, FIRST, LAST)[
        place.home_affairs.pk
    ]
    made = Dossier.objects.order_by("pk")
    assert [points_of_time(one.due_on, one.ended_on) for one in made] == [2, 1, 0]
    assert told[TIME] == f"{sum(points_of_time(one.due_on, one.ended_on) for one in made)}/3"
    assert told[SUPPLEMENTS] == f"{sum(points_of_supplements(one.supplements) for one in made)}/3"
    worst = {}
    for step in DossierStep.objects.filter(unit=place.home_affairs, state=2, due_on__isnull=False):
        points = points_of_time(step.due_on, legal(step.done_at).date())
        worst[step.dossier_id] = min(worst.get(step.dossier_id, 2), points)
    assert told[AGENCY] == f"{sum(worst.values())}/{len(worst)}"


def test_a_sheet_fills_itself_and_again_writes_nothing(place) -> None:  # type: ignore[no-untyped-def]
    one = a_round(a_set(table=BOUND), [place.home_affairs, place.police])
    sheet = Sheet.objects.get(round=one, unit=place.home_affairs)
    entry = Entry.objects.get(sheet=sheet)
    assert (entry.text, entry.figure) == ("2/3", "ho-so.dung-han")
    # nothing was solved by the police: not occurred, neither all points nor none
    assert Entry.objects.get(sheet__unit=place.police).text == "kps"
    assert fill_sheets(one.pk, [sheet.pk], by=SYSTEM, at=AT) == 0


def test_what_a_person_wrote_is_not_written_over(place) -> None:  # type: ignore[no-untyped-def]
    one = a_round(a_set(table=BOUND), [place.home_affairs])
    sheet = Sheet.objects.get(round=one)
    write_sheet(sheet.pk, {"1": Typed("3/3", "một hồ sơ do bất khả kháng")}, by=place.specialist, at=AT)
    assert fill_sheets(one.pk, [sheet.pk], by=SYSTEM, at=AT) == 0


def test_the_one_stop_set_fills_three_of_its_nine_indices(place) -> None:  # type: ignore[no-untyped-def]
    of = a_set(table=ONE_STOP.table, measure="points", whole=18, bands=ONE_STOP.bands)
    one = a_round(of, [place.home_affairs])
    told = dict(Entry.objects.filter(sheet__round=one).values_list("criterion__code", "text"))
    assert sorted(told) == ["1", "2", "3"]
    assert (told["1"], told["3"]) == ("3/3", "5/3")


def test_participants_of_pilots_are_counted_by_figures(place) -> None:  # type: ignore[no-untyped-def]
    a_round(a_set(), [place.home_affairs, place.police], outside=["Bộ Thử"], pilot="QĐ 1294/QĐ-BNV")
    source = source_of("index_participants")
    question = ask(FIRST, LAST, today=AT.date())
    known = organisation_of(question)
    reader = the_province(question, known)
    (found,) = source.count([(("thi-diem", ("co",)),)], question, reader, known)
    assert sum(found.values()) == 3
    page = source.records((("thi-diem", ("co",)),), question, reader, known)
    assert {one.title for one in page.rows} == {"Sở Nội vụ", "Công an tỉnh", "Bộ Thử"}
    assert page.rows[0].url.startswith("/chi-so/phieu/")


def test_the_province_itself_is_told_what_no_unit_has_and_a_unit_is_not(place) -> None:  # type: ignore[no-untyped-def]
    table = "1; Toàn trình; 10; tỷ lệ; thu-tuc.toan-trinh\n"
    one = a_round(a_set(table=table), [place.province, place.home_affairs])
    told = dict(Entry.objects.filter(sheet__round=one).values_list("sheet__code", "text"))
    assert list(told) == ["H99"]
    assert told["H99"].endswith("/2")
