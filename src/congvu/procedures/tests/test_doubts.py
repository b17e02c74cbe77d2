"""Working doubts off, one or a thousand at once, without touching what is frozen."""

from pathlib import Path

import pytest

from congvu.foundation.audit.models import AuditEntry
from congvu.foundation.identity.actor import SYSTEM
from congvu.foundation.refusal import Refused
from congvu.procedures.actions.import_procedures import import_procedures
from congvu.procedures.actions.resolve_doubts import accept, correct, dismiss
from congvu.procedures.models import Doubt, Procedure, ProcedureVersion
from congvu.procedures.queries.content import contents
from congvu.procedures.queries.doubts import counts_by_kind, doubt_page
from congvu.procedures.queries.versions import version_in_force
from congvu.procedures.rules.content import Content
from congvu.procedures.tests.make import ADMIN, AT, a_file, a_row, channels_text

pytestmark = pytest.mark.django_db
NO_UNIT = channels_text("Trực tiếp7Miễn phíTrực tuyến7Miễn phí")
HOURS = channels_text("Trực tiếp4 Giờ50 VNĐ")


@pytest.fixture
def many(tmp_path: Path) -> list[int]:
    rows = [a_row(ma_thu_tuc=f"1.{n}", cach_thuc_thuc_hien=NO_UNIT) for n in range(30)]
    import_procedures([a_file(tmp_path, *rows)], by=SYSTEM, at=AT)
    return list(Doubt.objects.order_by("id").values_list("id", flat=True))


def now_says(code: str) -> Content:
    version = version_in_force(Procedure.objects.get(code=code).pk, AT.date())
    assert version is not None
    return contents([version.pk])[version.pk]


def test_one_click_gives_thirty_numbers_their_unit(many: list[int], django_assert_max_num_queries) -> None:
    with django_assert_max_num_queries(21):
        done = correct(many, {"unit": "NGAY_LAM_VIEC"}, by=ADMIN, at=AT)
    assert (done.doubts, done.versions, done.left) == (30, 30, ())
    assert [(line.term_n, line.term_unit) for line in now_says("1.7").cases[0].channels] == [
        (7, "NGAY_LAM_VIEC")
    ] * 2
    assert not Doubt.objects.filter(state="OPEN").exists()


def test_the_frozen_version_stays_as_it_was_and_the_correction_points_at_it(many: list[int]) -> None:
    correct(many[:1], {"unit": "NGAY"}, by=ADMIN, at=AT)
    old, new = ProcedureVersion.objects.filter(procedure__code="1.0").order_by("number")
    assert (new.corrects_id, new.valid_from, old.valid_to) == (old.pk, AT.date(), AT.date())
    assert contents([old.pk])[old.pk].cases[0].channels[0].term_n is None
    assert old.source_sha256 == new.source_sha256


def test_accepting_does_what_is_proposed_for_all_doubts_of_a_procedure_in_one_version(tmp_path: Path) -> None:
    import_procedures([a_file(tmp_path, a_row(cach_thuc_thuc_hien=HOURS))], by=SYSTEM, at=AT)
    ids = list(
        Doubt.objects.filter(kind__in=["term_hours_kind", "fee_suspicious"]).values_list("id", flat=True)
    )
    done = accept(ids, by=ADMIN, at=AT)
    assert (done.doubts, done.versions) == (2, 1)
    (line,) = now_says("1.000080").cases[0].channels
    assert (line.term_n, line.term_unit, line.fees[0].amount) == (4, "GIO_LAM_VIEC", 50_000)


def test_accepting_what_has_no_complete_proposal_says_what_to_do(many: list[int]) -> None:
    with pytest.raises(Refused) as caught:
        accept(many[:1], by=ADMIN, at=AT)
    assert "«Sửa»" in caught.value.sentence()
    assert Doubt.objects.filter(state="OPEN").count() == 30


def test_in_a_mixed_set_what_cannot_be_done_is_left_open_and_named(tmp_path: Path, many: list[int]) -> None:
    row = a_row(ma_thu_tuc="2.1", cach_thuc_thuc_hien=channels_text("Trực tiếp4 GiờMiễn phí"))
    import_procedures([a_file(tmp_path, row, name="b.jsonl")], by=SYSTEM, at=AT)
    hours = Doubt.objects.get(kind="term_hours_kind").pk
    done = accept([many[0], hours], by=ADMIN, at=AT)
    assert done.doubts == 1 and [key for key, _ in done.left] == [many[0]]
    assert Doubt.objects.get(pk=many[0]).state == "OPEN"


def test_keeping_what_stands_needs_a_reason_and_makes_no_version(
    many: list[int], django_assert_max_num_queries
) -> None:
    with pytest.raises(Refused):
        dismiss(many, reason="  ", by=ADMIN, at=AT)
    with django_assert_max_num_queries(6):
        dismiss(many, reason="Đúng như văn bản", by=ADMIN, at=AT)
    assert ProcedureVersion.objects.count() == 30
    assert (
        Doubt.objects.filter(state="DISMISSED", reason="Đúng như văn bản", resolved_name=ADMIN.name).count()
        == 30
    )


@pytest.mark.parametrize(
    "given",
    [
        {},
        {"unit": "NGAY_LAM_VIECC"},
        {"n": 0, "unit": "NGAY"},
        {"n": 10_001, "unit": "NGAY"},
        {"amount": 5},
        {"n": 3},
    ],
)
def test_a_correction_that_cannot_be_is_refused_and_changes_nothing(many: list[int], given: dict) -> None:
    with pytest.raises(Refused):
        correct(many[:1], given, by=ADMIN, at=AT)
    assert ProcedureVersion.objects.count() == 30


def test_a_doubt_settled_by_someone_else_meanwhile_is_refused(many: list[int]) -> None:
    dismiss(many[:1], reason="đúng", by=ADMIN, at=AT)
    with pytest.raises(Refused) as caught:
        correct(many[:2], {"unit": "NGAY"}, by=ADMIN, at=AT)
    assert "người khác xử lý" in caught.value.what


def test_each_settled_doubt_and_each_correction_is_in_the_audit_log(many: list[int]) -> None:
    correct(many[:3], {"unit": "NGAY"}, by=ADMIN, at=AT)
    assert AuditEntry.objects.filter(verb="correct_doubt", object_kind="procedures.doubt").count() == 3
    assert AuditEntry.objects.filter(verb="correct_version").count() == 3


def test_counts_and_pages_of_doubts(many: list[int], django_assert_num_queries) -> None:
    dismiss(many[:10], reason="đúng", by=ADMIN, at=AT)
    with django_assert_num_queries(1):
        (line,) = counts_by_kind()
    assert (line.kind, line.open, line.settled) == ("term_without_unit", 20, 10)
    with django_assert_num_queries(1):
        page = doubt_page(kind="term_without_unit", limit=15)
        assert len(page) == 16 and page[0].procedure is not None and page[0].procedure.code
    rest = doubt_page(kind="term_without_unit", after_id=page[14].pk, limit=15)
    assert [one.pk for one in rest] == many[25:]
