"""Decisions of the ledger: drafted, issued, corrected; what is refused and what the balance then says."""

from datetime import date, datetime
from fractions import Fraction
from typing import Any

import pytest
from django.db import connection, transaction
from django.db.utils import IntegrityError
from django.test.utils import CaptureQueriesContext

from congvu.foundation.audit.models import AuditEntry
from congvu.foundation.clock import LEGAL_ZONE
from congvu.foundation.identity.actor import SYSTEM
from congvu.foundation.refusal import Refused
from congvu.organisation.actions.merge import merge
from congvu.organisation.actions.recording import Decision
from congvu.organisation.actions.split import Receiver, split
from congvu.organisation.queries import picture
from congvu.organisation.rules.changes import NewUnit
from congvu.organisation.tests.make import a_unit
from congvu.staffing.actions.draft import Heading, change_draft, discard_draft, draft
from congvu.staffing.actions.issue import issue
from congvu.staffing.models import QuotaDecision, QuotaLine
from congvu.staffing.queries.ledger import balances, organisation_known, set_by
from congvu.staffing.rules.kinds import (
    BO_SUNG,
    CAP_XA,
    CAT_GIAM,
    CHUYEN_DEN,
    CHUYEN_DI,
    CONG_CHUC,
    HOP_DONG_111,
    THU_HOI,
)
from congvu.staffing.tests.make import AT, a_decision, a_draft, a_line

pytestmark = pytest.mark.django_db


@pytest.fixture
def units() -> tuple[Any, Any, Any]:
    root = a_unit("H99", "UBND tỉnh", kind="UBND")
    return root, a_unit("H99.08", "Sở Nội vụ", root), a_unit("H99.16", "Sở Xây dựng", root)


def posts(unit: Any, on: date, pool: str = CONG_CHUC, known_at: datetime | None = None) -> int:
    known = organisation_known(known_at)
    return balances([on], known, known_at)[0].posts.get((unit.pk, pool), 0)


def test_the_balance_is_what_the_lines_up_to_the_day_say(units: Any) -> None:
    _, home, works = units
    a_decision(a_line(home, 60), a_line(works, 45), effective=date(2022, 1, 1), number="1/QĐ")
    a_decision(
        a_line(home, 5, BO_SUNG), a_line(works, 3, CAT_GIAM), effective=date(2023, 1, 1), number="2/QĐ"
    )
    a_decision(a_line(home, 2, THU_HOI), effective=date(2024, 7, 1), number="3/QĐ")
    found = balances([date(2021, 12, 31), date(2022, 1, 1), date(2024, 6, 30), date(2024, 7, 1)], picture())
    assert [one.posts.get((home.pk, CONG_CHUC), 0) for one in found] == [0, 60, 65, 63]
    assert [one.total(CONG_CHUC) for one in found] == [0, 105, 107, 105]


def test_a_transfer_is_two_lines_of_one_decision_and_leaves_the_total(units: Any) -> None:
    _, home, works = units
    a_decision(a_line(home, 60), a_line(works, 45))
    a_decision(
        a_line(home, 5, CHUYEN_DI), a_line(works, 5, CHUYEN_DEN), number="9/QĐ", effective=date(2023, 1, 1)
    )
    assert (posts(home, date(2023, 1, 1)), posts(works, date(2023, 1, 1))) == (55, 50)
    with pytest.raises(Refused, match="chuyển đi 5, chuyển đến 4"):
        a_draft(a_line(home, 5, CHUYEN_DI), a_line(works, 4, CHUYEN_DEN), number="10/QĐ")


def test_nothing_goes_below_zero_and_the_refusal_names_the_decision(units: Any) -> None:
    _, home, _ = units
    a_decision(a_line(home, 10), number="123/QĐ-UBND", effective=date(2022, 1, 1))
    with pytest.raises(Refused) as said:
        a_decision(a_line(home, 11, CAT_GIAM), number="2/QĐ", effective=date(2023, 1, 1))
    assert "Sở Nội vụ, biên chế công chức: ngày 01/01/2023 sẽ còn -1" in said.value.what
    assert "Quyết định 123/QĐ-UBND ngày 01/01/2022" in said.value.what
    assert posts(home, date(2023, 1, 1)) == 10, "the refused decision left nothing behind"


def test_a_back_dated_cut_may_not_empty_a_later_day(units: Any) -> None:
    _, home, _ = units
    a_decision(a_line(home, 10), number="1/QĐ", effective=date(2022, 1, 1))
    a_decision(a_line(home, 8, CAT_GIAM), number="2/QĐ", effective=date(2024, 1, 1))
    with pytest.raises(Refused, match="ngày 01/01/2024 sẽ còn -3"):
        a_decision(a_line(home, 5, THU_HOI), number="3/QĐ", effective=date(2023, 1, 1))


def test_an_issued_decision_is_never_edited_even_past_the_actions(units: Any) -> None:
    _, home, _ = units
    one = a_decision(a_line(home, 10))
    with pytest.raises(Refused, match="đã ban hành"):
        change_draft(one.id, Heading("x", None, "", one.effective), [a_line(home, 1)], by=SYSTEM, at=AT)
    with pytest.raises(Refused, match="đã ban hành"):
        discard_draft(one.id, by=SYSTEM, at=AT)
    for sql in (
        "UPDATE staffing_quotaline SET delta = 99",
        "DELETE FROM staffing_quotaline",
        "UPDATE staffing_quotadecision SET number = 'x'",
        "INSERT INTO staffing_quotaline (decision_id, place, kind, unit_id, pool, delta, note) "
        "SELECT decision_id, 9, kind, unit_id, pool, delta, note FROM staffing_quotaline",
    ):
        with (
            pytest.raises(IntegrityError, match="đính chính"),
            transaction.atomic(),
            connection.cursor() as cursor,
        ):
            cursor.execute(sql)


def test_a_correction_takes_the_place_of_what_it_corrects_and_the_past_stays_as_it_was_known(
    units: Any,
) -> None:
    _, home, _ = units
    wrong = a_decision(a_line(home, 51), number="1/QĐ", at=datetime(2022, 1, 5, 9, tzinfo=LEGAL_ZONE))
    corrected_at = datetime(2022, 3, 1, 9, tzinfo=LEGAL_ZONE)
    a_decision(a_line(home, 15), number="1a/QĐ", corrects=wrong.id, at=corrected_at)
    assert posts(home, date(2022, 6, 1)) == 15
    assert posts(home, date(2022, 1, 1)) == 15, "back-dated to when the wrong one took effect"
    assert posts(home, date(2022, 6, 1), known_at=datetime(2022, 2, 1, tzinfo=LEGAL_ZONE)) == 51
    with pytest.raises(Refused, match="đã được đính chính"):
        a_decision(a_line(home, 16), number="1b/QĐ", corrects=wrong.id)


def test_a_correction_that_leaves_too_little_for_later_cuts_is_refused(units: Any) -> None:
    _, home, _ = units
    wrong = a_decision(a_line(home, 51), number="1/QĐ")
    a_decision(a_line(home, 20, CAT_GIAM), number="2/QĐ", effective=date(2023, 1, 1))
    with pytest.raises(Refused, match="sẽ còn -5"):
        a_decision(a_line(home, 15), number="1a/QĐ", corrects=wrong.id)


def test_issuing_twice_is_issuing_once(units: Any) -> None:
    _, home, _ = units
    one = a_draft(a_line(home, 10))
    assert len(issue([one.id], by=SYSTEM, at=AT)) == 1
    assert issue([one.id], by=SYSTEM, at=AT) == []
    assert AuditEntry.objects.filter(verb="staffing.issue").count() == 1


def test_the_same_number_of_the_same_day_is_taken_once(units: Any) -> None:
    _, home, _ = units
    a_decision(a_line(home, 10), number="7/QĐ")
    with pytest.raises(Refused, match="Sổ đã có quyết định 7/QĐ"):
        a_decision(a_line(home, 10), number="7/QĐ")


def test_a_line_speaks_of_units_that_exist_on_the_day(units: Any) -> None:
    root, home, _ = units
    young = a_unit("H99.30", "Sở Mới", root, since=date(2026, 1, 1))
    with pytest.raises(Refused, match="Sở Mới không hoạt động vào ngày 01/01/2022"):
        a_decision(a_line(young, 5))
    with pytest.raises(Refused, match="không giao thêm"):
        a_decision(a_line(home, 5, pool=CAP_XA), effective=date(2025, 7, 1))
    assert a_decision(a_line(home, 5, pool=CAP_XA), effective=date(2025, 6, 30)).state == "ISSUED"


@pytest.mark.parametrize("number", [0, -3, 99_999_999])
def test_a_line_has_a_whole_number_above_zero(units: Any, number: int) -> None:
    with pytest.raises(Refused, match="số nguyên lớn hơn 0"):
        a_draft(a_line(units[1], number))


def test_the_same_line_twice_and_no_line_at_all_are_refused(units: Any) -> None:
    with pytest.raises(Refused, match="trùng"):
        a_draft(a_line(units[1], 3), a_line(units[1], 4))
    with pytest.raises(Refused, match="chưa có dòng"):
        a_draft()


def test_a_draft_counts_for_nothing(units: Any) -> None:
    _, home, _ = units
    one = a_draft(a_line(home, 10))
    assert posts(home, date(2026, 1, 1)) == 0
    change_draft(
        one.id,
        Heading("5/QĐ", date(2022, 1, 1), "UBND tỉnh", date(2022, 1, 1)),
        [a_line(home, 4)],
        by=SYSTEM,
        at=AT,
    )
    assert [line.delta for line in QuotaLine.objects.all()] == [4]
    discard_draft(one.id, by=SYSTEM, at=AT)
    assert not QuotaDecision.objects.exists()


def test_posts_follow_a_merger_and_a_split_without_a_line_and_the_event_of_yesterday_is_remembered(
    units: Any,
) -> None:
    root, home, works = units
    a_decision(a_line(home, 61), a_line(works, 44), a_line(home, 6, pool=HOP_DONG_111))
    known_before = datetime(2025, 1, 1, tzinfo=LEGAL_ZONE)
    merged_at = datetime(2025, 2, 1, 8, tzinfo=LEGAL_ZONE)
    merge(
        [works.id], home.id, effective=date(2025, 3, 1), decision=Decision("5/NQ"), by=SYSTEM, at=merged_at
    )  # fmt: skip
    assert posts(works, date(2025, 2, 28)) == 44
    assert (posts(works, date(2025, 3, 1)), posts(home, date(2025, 3, 1))) == (0, 105)
    split(
        home.id,
        [
            Receiver(NewUnit("H99.41", "Sở Một", "SO", "TINH", root.id), Fraction(3, 5)),
            Receiver(NewUnit("H99.42", "Sở Hai", "SO", "TINH", root.id), Fraction(2, 5)),
        ],
        ceases=True, under={}, effective=date(2026, 1, 1), decision=Decision("6/NQ"), by=SYSTEM, at=merged_at,
    )  # fmt: skip
    known = picture()
    now = balances([date(2026, 1, 1)], known)[0].posts
    one, two = known.by_code("H99.41"), known.by_code("H99.42")
    assert one and two
    assert (now[one, CONG_CHUC], now[two, CONG_CHUC]) == (63, 42)
    assert (now[one, HOP_DONG_111], now[two, HOP_DONG_111]) == (4, 2)
    assert sum(now.values()) == 111
    assert posts(works, date(2026, 1, 1), known_at=known_before) == 0, "nothing was issued yet then"
    with pytest.raises(Refused, match="Sở Xây dựng không hoạt động"):
        a_decision(a_line(works, 1, BO_SUNG), number="8/QĐ", effective=date(2025, 3, 1))


def test_what_an_event_left_with_a_dead_unit_can_only_be_taken_from_it(units: Any) -> None:
    root, home, works = units
    a_decision(a_line(works, 44))
    split(
        works.id,
        [Receiver(home.id), Receiver(NewUnit("H99.42", "Sở Hai", "SO", "TINH", root.id))],
        ceases=True, under={}, effective=date(2025, 3, 1), decision=Decision("5/NQ"), by=SYSTEM, at=AT,
    )  # fmt: skip
    day = date(2025, 4, 1)
    assert posts(works, day) == 44, "nobody said who got how much"
    second = picture().by_code("H99.42")
    a_decision(
        a_line(works, 44, CHUYEN_DI), a_line(home, 30, CHUYEN_DEN), a_line(second, 14, CHUYEN_DEN),
        number="9/QĐ", effective=day,
    )  # fmt: skip
    assert (posts(works, day), posts(home, day)) == (0, 30)


def test_issuing_takes_as_many_statements_for_a_thousand_lines_as_for_two(units: Any) -> None:
    root, home, works = units
    few = a_draft(a_line(home, 9), a_line(works, 9), number="1/QĐ")
    picture()  # read before, as a process that serves has it
    with CaptureQueriesContext(connection) as small:
        issue([few.id], by=SYSTEM, at=AT)
    offices = [a_unit(f"H99.{n}", f"Đơn vị {n}", root) for n in range(100, 400)]
    picture()
    many = [a_draft(*(a_line(office, n + 1) for office in offices), number=f"{n + 2}/QĐ") for n in range(3)]
    with CaptureQueriesContext(connection) as large:
        issue([one.id for one in many], by=SYSTEM, at=AT)
    assert len(large) == len(small) <= 14


def test_who_may_write(units: Any, actors: Any) -> None:
    for role in ("leader", "admin", "clerk", "auditor"):
        with pytest.raises(Refused, match="cán bộ tổ chức"):
            a_draft(a_line(units[1], 1), by=actors.of(role).actor)
    one = a_decision(a_line(units[1], 10), by=actors.personnel.actor)
    assert one.issued_by == actors.personnel.actor.name


def test_the_decision_that_set_a_number_is_found(units: Any) -> None:
    _, home, _ = units
    assert set_by([home.id], CONG_CHUC, date(2026, 1, 1)) is None
    a_decision(a_line(home, 10), number="1/QĐ")
    a_decision(a_line(home, 2, BO_SUNG), number="2/QĐ", effective=date(2023, 1, 1))
    found = set_by([home.id], CONG_CHUC, date(2022, 12, 31))
    assert found is not None and found.words == "Quyết định 1/QĐ ngày 01/01/2022"


def test_a_draft_of_nothing_sound_is_not_kept() -> None:
    with pytest.raises(Refused, match="Thiếu số"):
        draft(Heading("  ", None, "", date(2022, 1, 1)), [a_line(1, 1)], by=SYSTEM, at=AT)
