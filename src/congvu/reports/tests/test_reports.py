"""From draft to published: what is refused, what is frozen, what stays the same for ever."""

from dataclasses import replace
from datetime import date
from hashlib import sha256
from typing import Any

import pytest
from django.db import transaction
from django.db.utils import DatabaseError

from congvu.dossiers.models import Dossier
from congvu.foundation.identity.actor import Actor, Held
from congvu.foundation.identity.roles import AUDITOR, CLERK, SPECIALIST
from congvu.foundation.refusal import Refused
from congvu.indicators.rules.periods import Kind
from congvu.organisation.models import Unit
from congvu.organisation.queries import picture
from congvu.reports.access import may_check, may_write
from congvu.reports.actions.make_report import Wanted, make_report
from congvu.reports.actions.move_report import (
    Paper,
    approve_report,
    check_report,
    publish_report,
    reopen_report,
    send_back_report,
)
from congvu.reports.actions.reckoning import about, reckoned
from congvu.reports.actions.write_report import mark_of, write_report
from congvu.reports.models import ReportVersion
from congvu.reports.queries.reports import a_year_before
from congvu.reports.rules.difference import lines_changed, numbers_moved
from congvu.reports.rules.numbers import Told, by_place, canonical, digest
from congvu.reports.rules.states import APPROVED, CHECKED, DRAFT, PUBLISHED
from congvu.reports.rules.text import Asked, Span
from congvu.reports.tests.make import NOW, ON_TIME, Office, a_report, an_office, approved, october, solved

pytestmark = pytest.mark.django_db


@pytest.fixture
def office(make_person: Any, frozen_clock: Any) -> Office:
    made = an_office(make_person)
    made.ground.write(october() + october(1))
    return made


def told(version: ReportVersion) -> dict[Asked, Any]:
    return {asked: one for asked, (_, one) in by_place(version.numbers).items()}


def test_a_draft_tells_what_its_figures_came_to(office: Office) -> None:
    found = told(a_report(office, f"Đạt {ON_TIME}; cùng kỳ {{{{so-lieu:ho-so.dung-han ky=nam-truoc}}}}."))
    one = found[Asked("ho-so.dung-han")]
    assert (one.numerator, one.denominator, one.flag) == (4, 6, "computed")
    before = found[Asked("ho-so.dung-han", Span.LAST_YEAR)]
    assert (before.first, before.last) == (date(2025, 10, 1), date(2025, 10, 31))
    assert before.percent is None


def test_a_figure_of_one_unit_tells_that_unit_and_its_own(office: Office) -> None:
    (one,) = told(a_report(office, "{{so-lieu:ho-so.dung-han don-vi=H99.08}}")).values()
    assert (one.numerator, one.denominator, one.unit_name) == (2, 3, "Sở Nội vụ")


def test_a_report_of_a_unit_tells_no_unit_outside_it(office: Office) -> None:
    wanted = Wanted("danh-gia-mot-cua", office.ground.units[0].pk, Kind.MONTH, 2026, 10)
    made = make_report(wanted, by=office.unit_writer.actor, at=NOW)
    other = Unit.objects.get(pk=office.ground.units[1].pk).code
    body = (
        f"{{{{so-lieu:ho-so.dung-han don-vi={other}}}}} {{{{so-lieu:ho-so.dung-han don-vi=H99.08}}}} "
        "{{so-lieu:ho-so.dung-han ky=nam-truoc don-vi=H99.08}}"
    )
    outside, own, before = told(
        write_report(made.pk, body, read_as=None, by=office.unit_writer.actor, at=NOW)
    ).values()
    assert "không thuộc cơ quan báo cáo" in outside.gone
    assert outside.numerator is None
    assert (own.numerator, own.denominator, own.gone, before.gone) == (2, 3, "", "")


def test_the_template_of_every_kind_is_understood_and_every_figure_of_it_has_a_value(office: Office) -> None:
    from congvu.reports.queries.templates import starter
    from congvu.reports.rules.templates import TEMPLATES
    from congvu.reports.rules.text import read

    for template in TEMPLATES:
        text = read(starter(template.code))
        assert text.problems == ()
        made = make_report(
            Wanted(template.code, office.ground.province.pk, Kind.FREE, first=date(2026, 10, 1), last=date(2026, 10, 31)),
            by=office.writer.actor, at=NOW,
        )  # fmt: skip
        assert [one for one in told(made).values() if one.gone] == []


def test_a_period_that_ends_before_it_begins_is_refused(office: Office) -> None:
    wanted = Wanted(
        "noi-vu", office.ground.province.pk, Kind.FREE, first=date(2026, 10, 31), last=date(2026, 10, 1)
    )
    with pytest.raises(Refused, match="sau ngày kết thúc"):
        make_report(wanted, by=office.writer.actor, at=NOW)


def test_a_second_report_of_the_same_period_and_one_of_the_future_are_refused(office: Office) -> None:
    a_report(office)
    with pytest.raises(Refused, match="Đã có"):
        a_report(office)
    with pytest.raises(Refused, match="chưa bắt đầu"):
        a_report(office, month=12)


def test_a_figure_that_is_gone_shows_its_name_and_blocks_approval(office: Office) -> None:
    made = a_report(office, "Một\nCó {{so-lieu:ho-so.da-bo}} hồ sơ")
    (one,) = told(made).values()
    assert one.gone and one.name == "ho-so.da-bo"
    with pytest.raises(Refused, match="Dòng 2: số liệu"):
        check_report(made.pk, by=office.auditor.actor, at=NOW)


def test_a_figure_gone_between_check_and_approval_blocks_it_too(office: Office) -> None:
    made = a_report(office, "Có {{so-lieu:ho-so.da-bo}} hồ sơ")
    ReportVersion.objects.filter(pk=made.pk).update(state=CHECKED)
    with pytest.raises(Refused, match="không có giá trị"):
        approve_report(made.pk, by=office.head.actor, at=NOW)


def test_who_drafted_neither_checks_nor_approves_and_the_steps_have_an_order(office: Office) -> None:
    made = a_report(office)
    with pytest.raises(Refused, match="không tự kiểm tra"):
        check_report(made.pk, by=office.writer.actor, at=NOW)
    with pytest.raises(Refused, match="đang ở bước"):
        approve_report(made.pk, by=office.head.actor, at=NOW)
    check_report(made.pk, by=office.auditor.actor, at=NOW)
    with pytest.raises(Refused, match="Chỉ lãnh đạo"):
        approve_report(made.pk, by=office.auditor.actor, at=NOW)
    send_back_report(made.pk, "Bổ sung nguyên nhân", by=office.auditor.actor, at=NOW)
    assert ReportVersion.objects.get(pk=made.pk).state == DRAFT


def test_a_text_changed_after_the_check_is_a_draft_again_and_nobody_overwrites_another(
    office: Office,
) -> None:
    made = a_report(office, "Một")
    check_report(made.pk, by=office.auditor.actor, at=NOW)
    assert write_report(made.pk, "Hai", read_as=mark_of("Một"), by=office.writer.actor, at=NOW).state == DRAFT
    with pytest.raises(Refused, match="Người khác vừa lưu"):
        write_report(made.pk, "Ba", read_as=mark_of("Một"), by=office.writer.actor, at=NOW)


def test_an_approved_report_keeps_its_numbers_whatever_is_recorded_later(office: Office) -> None:
    made = approved(office, f"Đạt {ON_TIME}")
    frozen = list(made.numbers)
    office.ground.write([solved(date(2026, 10, 6), date(2026, 10, 9), date(2026, 10, 12))])
    found = ReportVersion.objects.get(pk=made.pk)
    assert (found.state, found.numbers) == (APPROVED, frozen)
    assert found.sha256 == digest(canonical(found.body, found.numbers, found.charts))
    with pytest.raises(DatabaseError), transaction.atomic():
        ReportVersion.objects.filter(pk=made.pk).update(body="khác")
    with pytest.raises(DatabaseError), transaction.atomic():
        ReportVersion.objects.filter(pk=made.pk).delete()


def test_the_digest_of_a_number_is_that_of_the_sorted_codes_of_its_dossiers(office: Office) -> None:
    (one,) = told(approved(office, f"Đạt {ON_TIME}")).values()
    codes = sorted(Dossier.objects.values_list("code", flat=True))
    assert one.digests[1] == sha256("\n".join(codes).encode()).hexdigest()
    assert one.digests[0] != one.digests[1]


def test_asked_again_as_known_then_the_numbers_are_those_that_were_frozen(
    office: Office, frozen_clock: Any
) -> None:
    made = approved(office)
    again = reckoned(
        made.body,
        about(made.report, date(2026, 11, 20), known_at=made.known_at),
        picture(),
        digests=True,
    )
    assert again.numbers == made.numbers


def test_published_it_bears_its_number_and_a_new_version_shows_what_differs(office: Office) -> None:
    made = approved(office, f"Đạt {ON_TIME}\nGiữ nguyên")
    with pytest.raises(Refused, match="Thiếu số"):
        publish_report(made.pk, Paper("", date(2026, 11, 20)), by=office.writer.actor, at=NOW)
    publish_report(made.pk, Paper("15/BC-UBND", date(2026, 11, 20)), by=office.writer.actor, at=NOW)
    office.ground.write([solved(date(2026, 10, 6), date(2026, 10, 9), date(2026, 10, 12))])
    second = reopen_report(made.pk, "Bổ sung hồ sơ nhập muộn", by=office.writer.actor, at=NOW)
    assert (second.version, second.state) == (2, DRAFT)
    (moved,) = numbers_moved(told(made), told(second))
    assert (moved.was.denominator, moved.now.denominator, moved.same) == (6, 7, False)
    with pytest.raises(Refused, match="Bản 2 đang soạn"):
        reopen_report(made.pk, "Nữa", by=office.writer.actor, at=NOW)
    assert ReportVersion.objects.get(pk=made.pk).state == PUBLISHED
    kinds = [one.kind for one in lines_changed("một\nhai ba\nbốn", "một\nhai năm\nbốn\nsáu")]
    assert kinds == ["same", "changed", "same", "new"]


def test_the_report_of_the_year_before_is_found_by_template_unit_and_period(office: Office) -> None:
    before = approved(office, ON_TIME, year=2025)
    now = a_report(office, ON_TIME)
    assert a_year_before(now.report) == before
    assert a_year_before(before.report) is None


def test_free_days_a_year_before_are_the_same_days(office: Office) -> None:
    def over(first: date, last: date) -> ReportVersion:
        wanted = Wanted("noi-vu", office.ground.province.pk, Kind.FREE, first=first, last=last)
        made = make_report(wanted, by=office.writer.actor, at=NOW)
        write_report(made.pk, "Lời", read_as=None, by=office.writer.actor, at=NOW)
        check_report(made.pk, by=office.auditor.actor, at=NOW)
        return approve_report(made.pk, by=office.head.actor, at=NOW)

    before = over(date(2025, 10, 1), date(2025, 10, 20))
    over(date(2025, 9, 25), date(2025, 10, 25))
    assert a_year_before(over(date(2026, 10, 1), date(2026, 10, 20)).report) == before


def test_a_month_beside_is_not_the_same_month_of_the_year_before(office: Office) -> None:
    approved(office, "Lời", year=2025, month=11)
    assert a_year_before(a_report(office, "Lời").report) is None


def test_a_number_that_kept_its_count_but_not_its_flag_is_not_the_same() -> None:
    one = Told(Asked("x"), "Tên", "hồ sơ", numerator=2)
    (moved,) = numbers_moved({one.asked: one}, {one.asked: replace(one, flag="hand")})
    assert not moved.same


def test_a_role_held_in_one_unit_gives_no_right_in_another(office: Office) -> None:
    """A clerk of the second department who is a specialist of the first writes only for the first; an auditor of the
    province writes for nobody and checks."""
    known, on = picture(), NOW.date()
    first, second = (one.pk for one in office.ground.units[:2])
    actor = Actor(account_id=1, name="Hai vai", held=(Held(SPECIALIST, first), Held(CLERK, second)))
    assert may_write(actor, first, on, known)
    assert not may_write(actor, second, on, known)
    version = a_report(office)
    assert may_check(actor, version, second, on, known)
    auditor = Actor(account_id=2, held=(Held(AUDITOR, office.ground.province.pk), Held(SPECIALIST, first)))
    assert not may_write(auditor, second, on, known)
    assert may_check(auditor, version, second, on, known) == ""


def test_whoever_wrote_in_a_version_neither_checks_nor_approves_it(office: Office, make_person: Any) -> None:
    made = a_report(office, "Một\x00 hai")
    assert made.body == "Một hai"
    second = make_person("personnel", office.ground.province, name="Người Thứ Hai", username="bc.hai")
    written = write_report(made.pk, "Ba", read_as=None, by=second.actor, at=NOW)
    assert written.writers == [office.writer.actor.account_id, second.actor.account_id]
    for who in (office.writer, second):
        with pytest.raises(Refused, match="không tự kiểm tra"):
            check_report(made.pk, by=who.actor, at=NOW)
    assert check_report(made.pk, by=office.auditor.actor, at=NOW).state == CHECKED


def test_who_works_elsewhere_neither_writes_nor_checks(office: Office) -> None:
    made = a_report(office)
    with pytest.raises(Refused, match="không soạn báo cáo"):
        write_report(made.pk, "khác", read_as=None, by=office.unit_writer.actor, at=NOW)
    with pytest.raises(Refused, match="không kiểm tra"):
        check_report(made.pk, by=office.unit_writer.actor, at=NOW)
