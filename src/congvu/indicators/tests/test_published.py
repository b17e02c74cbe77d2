"""A published table stays what it was, and gives the same numbers when made again, whatever is recorded later."""

import random
import re
from datetime import date, datetime, timedelta
from fractions import Fraction
from typing import Any

import pytest
from django.db import DatabaseError, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from congvu.dossiers.models import Dossier, DossierEvent, FormerUnit
from congvu.foundation.audit.models import AuditEntry
from congvu.foundation.identity.actor import SYSTEM
from congvu.foundation.refusal import Refused
from congvu.indicators.actions.publish import Wanted, publish
from congvu.indicators.models import PublishedTable
from congvu.indicators.queries.published import made_again
from congvu.indicators.queries.statistics import STATISTICS
from congvu.indicators.rules.published import lines_of
from congvu.indicators.tests.make import Ground, Happened, History, moment
from congvu.indicators.tests.test_maps import FIRST, LAST, a_case, reorganise
from congvu.indicators.tests.test_maps import ground as ground  # a fixture
from congvu.organisation.actions.correct import correct_event
from congvu.organisation.actions.merge import merge
from congvu.organisation.actions.recording import Decision
from congvu.organisation.actions.split import Receiver, split
from congvu.organisation.models import UnitEvent
from congvu.organisation.rules.changes import NewUnit
from congvu.people.tests.make import a_person
from congvu.staffing.tests.make import a_decision, a_line

AT = moment(date(2026, 11, 10))
LIST, NEW = "/thong-ke/cong-bo/", "/thong-ke/cong-bo/moi/"


def of(statistic: str, map_on: date | None = None, edition: int = 1) -> Wanted:
    return Wanted(statistic, FIRST, LAST, map_on, edition)


@pytest.mark.django_db
def test_every_statistic_is_published_and_gives_the_same_again(ground: Ground) -> None:
    reorganise(ground)
    wanted = [
        of(code, on)
        for code in STATISTICS
        for on in (None, date(2026, 11, 10))
        if not STATISTICS[code].of_day
    ]
    tables = publish(wanted, by=SYSTEM, at=AT)
    assert [made_again(one).equal for one in tables] == [True] * len(wanted)
    columns, lines = lines_of(tables[1].content)
    assert columns == STATISTICS["bieu-06"].codes
    assert {line.key: line.numbers[0] for line in lines} == {
        "H99.08": Fraction(41, 5),
        "H99.32": Fraction(9, 5),
    }
    entry = AuditEntry.objects.filter(verb="indicators.publish").earliest("id")
    assert (entry.object_id, entry.after["sha256"]) == (tables[0].pk, tables[0].sha256)


@pytest.mark.django_db
def test_what_was_published_can_neither_be_changed_nor_taken_out(ground: Ground) -> None:
    (table,) = publish([of("bieu-06")], by=SYSTEM, at=AT)
    for change in (lambda rows: rows.update(note="khác"), lambda rows: rows.delete()):
        with pytest.raises(DatabaseError, match="công bố"), transaction.atomic():
            change(PublishedTable.objects.filter(pk=table.pk))


@pytest.mark.django_db
def test_pressed_twice_is_one_edition_and_the_next_is_asked_for(ground: Ground) -> None:
    (one,) = publish([of("bieu-06")], by=SYSTEM, at=AT)
    assert publish([of("bieu-06")], by=SYSTEM, at=AT)[0].pk == one.pk
    ground.write([a_case(0, 3)])
    (two,) = publish([of("bieu-06", edition=2)], by=SYSTEM, at=AT + timedelta(days=1))
    assert (two.edition, PublishedTable.objects.count()) == (2, 2)
    assert two.sha256 != one.sha256
    with pytest.raises(Refused, match="lần công bố thứ 2"):
        publish([of("bieu-06", edition=4)], by=SYSTEM, at=AT)


@pytest.mark.django_db
def test_an_empty_table_and_a_reader_without_the_right_are_refused(ground: Ground, make_person: Any) -> None:
    with pytest.raises(Refused, match="không có dòng nào"):
        publish([Wanted("bieu-06", date(2020, 1, 1), date(2020, 1, 31), None, 1)], by=SYSTEM, at=AT)
    for role, unit in (
        ("leader", ground.units[0]),
        ("specialist", ground.province),
        ("clerk", ground.province),
    ):
        with pytest.raises(Refused, match="Chỉ lãnh đạo"):
            publish([of("bieu-06")], by=make_person(role, unit).actor, at=AT)


@pytest.mark.django_db
def test_a_leader_publishes_on_the_screen_and_everyone_reads_it_made_again(
    ground: Ground, make_person: Any, visit: Any, django_assert_max_num_queries: Any
) -> None:
    reorganise(ground)
    leader, clerk = (
        visit(make_person("leader", ground.province)),
        visit(make_person("clerk", ground.units[0])),
    )
    asked = "?bang=bieu-06&ky=thang&nam=2026&so=9&ban-do=20/11/2026"
    with django_assert_max_num_queries(8):
        text = leader.get(NEW + asked).content.decode()
    assert "Công bố lần" in text and ">8,2</" in text and "2/5 của UBND xã Hòa Bình" in text
    fields = dict(
        re.findall(
            r'<input type="hidden" name="([a-z-]+)" value="([^"]*)">', text[text.index('method="post"') :]
        )
    )
    sent = leader.post(NEW, {**fields, "ghi-chu": "Báo cáo quý"})
    assert sent.status_code == 302
    with django_assert_max_num_queries(8):
        listed = clerk.get(LIST).content.decode()
    assert "Báo cáo quý" in listed and sent.headers["Location"] in listed
    merge(
        [ground.units[0].pk], ground.province.pk, effective=date(2026, 11, 15),
        decision=Decision("9/QĐ"), by=SYSTEM, at=moment(date(2026, 11, 21)),
    )  # fmt: skip
    with django_assert_max_num_queries(8):
        shown = clerk.get(sent.headers["Location"] + "?tinh-lai=1").content.decode()
    assert "Tính lại ra đúng bảng đã công bố" in shown and ">8,2</" in shown
    assert leader.post(NEW, {**fields, "lan": "7"}).status_code == 422
    assert clerk.get(NEW).status_code == 403
    assert clerk.get(LIST + "999999/").status_code == 422


@pytest.mark.django_db
def test_figures_of_people_are_not_for_those_who_read_dossiers(
    ground: Ground, make_person: Any, visit: Any
) -> None:
    (table,) = publish([of("bieu-06")], by=SYSTEM, at=AT)
    assert visit(make_person("personnel", ground.province)).get(f"{LIST}{table.pk}/").status_code == 422
    assert (
        f"{LIST}{table.pk}/"
        not in visit(make_person("personnel", ground.province)).get(LIST).content.decode()
    )


@pytest.mark.django_db
def test_posts_and_staff_published_stay_what_they_were(ground: Ground) -> None:
    home, health, _ = ground.units
    a_decision(a_line(home, 9), a_line(health, 4), at=moment(date(2026, 9, 2)))
    a_person(home, at=moment(date(2026, 9, 2)))
    tables = publish(
        [of(code, on) for code in ("bien-che", "doi-ngu") for on in (None, LAST)], by=SYSTEM, at=AT
    )
    _, (first, *_) = lines_of(tables[0].content)
    assert (first.key, first.numbers[0], first.numbers[-1]) == ("H99.08", 9, 1)
    later = AT + timedelta(days=2)
    a_decision(a_line(home, 3), at=later, number="2/QĐ")
    a_person(home, "Lê Thị Hai", at=later)
    reorganise_at = {"effective": FIRST, "decision": Decision("5/NQ"), "by": SYSTEM, "at": later}
    merge([health.pk], home.pk, **reorganise_at)  # type: ignore[arg-type]
    assert all(made_again(one).equal for one in tables)
    anew = publish(
        [of(code, edition=2) for code in ("bien-che", "doi-ngu")], by=SYSTEM, at=later + timedelta(days=1)
    )
    assert [one.sha256 == old.sha256 for one, old in zip(anew, tables[::2], strict=True)] == [False, False]


@pytest.mark.django_db
def test_the_heaviest_pages_of_a_leader_keep_within_the_budget(
    ground: Ground, make_person: Any, visit: Any, django_assert_max_num_queries: Any
) -> None:
    a_decision(a_line(ground.units[0], 9), at=moment(date(2026, 9, 2)))
    tables = publish([of(code, LAST) for code in ("bieu-06", "bien-che")], by=SYSTEM, at=AT)
    client = visit(make_person("leader", ground.province))
    client.get("/ban-do/")
    asked = "ky=quy&nam=2026&so=3&cach=bao-cao&theo=unit&ban-do=20/11/2026"
    for address in (
        *(f"{LIST}{one.pk}/?tinh-lai=1" for one in tables),
        f"{NEW}?bang=bien-che&{asked}",
        f"/ban-do/?so-lieu=bien-che:cong_chuc&{asked}",
        f"/ban-do/?so-lieu=ty-le-dung-lai&{asked}&xa=H99.31&mo=mau",
        f"/thong-ke/bieu-06/?{asked}&biet=19/11/2026&dong=H99.08&mo=c3",
        f"/thong-ke/tai-su-dung/?{asked}&biet=19/11/2026&dong=H99.08&mo=tiep-nhan",
    ):
        with django_assert_max_num_queries(8):
            assert client.get(address).status_code == 200, address


class LaterEvents(TestCase):
    """Random lives and reorganisations before and after publishing; what comes later is recorded later, whatever its day."""

    @given(st.integers(0, 2**32))
    @settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.too_slow])
    def test_nothing_recorded_later_changes_a_published_table(self, seed: int) -> None:
        draw = random.Random(seed)
        ground = Ground()
        ids = ground.write([_life(draw, None) for _ in range(12)])
        if draw.random() < 0.5:
            _reorganise(ground, draw, moment(date(2026, 10, 5)))
        wanted = [
            of(code, on)
            for code in ("bieu-06", "dung-han", "tai-su-dung")
            for on in (None, date(2026, 11, 9))
        ]
        tables = publish(wanted, by=SYSTEM, at=AT)
        later = AT + timedelta(days=1)
        for step in range(6):
            later += timedelta(hours=1)
            _later(ground, ids, draw, later, step)
            tables_again = [made_again(one) for one in tables]
            assert all(one.equal and one.differences == () for one in tables_again)


def _life(draw: random.Random, recorded: datetime | None) -> History:
    begun = date(2026, 9, 1) + timedelta(days=draw.randrange(28))
    due = begun + timedelta(days=draw.randrange(12))
    events = [Happened(moment(begun), 2, due, recorded=recorded or moment(begun))]
    if draw.random() < 0.6:
        over = begun + timedelta(days=draw.randrange(25))
        events.append(Happened(moment(over, 15), 9, due, over, recorded=recorded or moment(over, 15)))
    return History(draw.choice((1, 2, 3)), begun, tuple(events), 0, draw.randrange(3))


def _reorganise(ground: Ground, draw: random.Random, at: datetime) -> None:
    """A merger or a split on a day long past or just now, recorded at `at`."""
    home, health, commune = ground.units
    common: dict[str, Any] = {
        "effective": draw.choice((date(2026, 9, 15), date(2026, 10, 1), date(2026, 11, 5))),
        "decision": Decision("1/NQ", date(2026, 9, 1)), "by": SYSTEM, "at": at,
    }  # fmt: skip
    if draw.random() < 0.5:
        merge([health.pk], home.pk, **common)
    else:
        new = NewUnit(f"H99.{draw.randrange(40, 9999)}", "UBND xã Mới", "UBND", "XA", ground.province.pk)
        shares = (Fraction(1, 3), Fraction(2, 3)) if draw.random() < 0.7 else (None, None)
        receivers = [Receiver(home.pk, shares[0]), Receiver(new, shares[1])]
        split(commune.pk, receivers, ceases=True, under={}, **common)


def _later(ground: Ground, ids: list[int], draw: random.Random, at: datetime, step: int) -> None:
    kind = draw.randrange(5)
    one = draw.choice(ids)
    if kind == 0:
        ground.write([_life(draw, at)])  # taken in late
    elif kind == 1:  # an end recorded late, of a day within the period
        over = date(2026, 9, 28)
        DossierEvent.objects.create(
            dossier_id=one, at=moment(over, 16), recorded_at=at, verb="test", status_to=9, ended_on=over
        )
        Dossier.objects.filter(pk=one).update(
            status=9, ended_on=over, ended_at=moment(over, 16), last_event_at=at
        )
    elif kind == 2:  # given to another agency
        was = Dossier.objects.get(pk=one)
        other = draw.choice([unit for unit in ground.units if unit.pk != was.competent_unit_id])
        FormerUnit.objects.create(
            dossier_id=one, unit_id=was.competent_unit_id, tier=was.tier, until=at, recorded_at=at
        )
        Dossier.objects.filter(pk=one).update(competent_unit=other, last_event_at=at)
    elif kind == 3:
        with_refusal = transaction.atomic()
        try:
            with with_refusal:
                _reorganise(ground, draw, at)
        except Refused:
            pass
    else:
        event = UnitEvent.objects.filter(superseded_at=None).first()
        if event is not None:
            try:
                with transaction.atomic():
                    day = event.effective + timedelta(days=draw.choice((-3, 4)))
                    correct_event(event.pk, why="Ghi nhầm ngày", effective=day, by=SYSTEM, at=at)
            except Refused:
                pass
