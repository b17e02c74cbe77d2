"""Bringing catalogues in: nothing dropped, nothing twice, nothing guessed; bad files answered in words."""

import json
from datetime import date, timedelta
from pathlib import Path

import pytest

from congvu.foundation.audit.models import AuditEntry
from congvu.foundation.identity.actor import SYSTEM
from congvu.foundation.refusal import Refused
from congvu.procedures.actions.import_files import BadFile
from congvu.procedures.actions.import_procedures import import_procedures
from congvu.procedures.actions.resolve_doubts import accept, correct
from congvu.procedures.models import (
    DecisionItem,
    Doubt,
    Field,
    ImportBatch,
    Procedure,
    ProcedureVersion,
    RejectedRow,
)
from congvu.procedures.queries.content import contents
from congvu.procedures.queries.versions import version_in_force
from congvu.procedures.tests.make import ADMIN, AT, a_file, a_row, channels_text

pytestmark = pytest.mark.django_db
NO_UNIT = channels_text("Trực tiếp7Miễn phíTrực tuyến7Miễn phí")


def bring_in(*files: Path, **more):
    return import_procedures(files, by=SYSTEM, at=more.pop("at", AT), **more)


def test_a_row_becomes_a_published_procedure_with_all_its_parts(tmp_path: Path) -> None:
    report = bring_in(a_file(tmp_path, a_row()))
    assert (report.read, report.stored, report.new, report.rejected, report.doubts) == (1, 1, 1, (), {})
    procedure = Procedure.objects.get(code="1.000080")
    assert (procedure.status, procedure.field.name) == ("PUBLIC", "Hộ tịch")
    version = version_in_force(procedure.pk, AT.date())
    assert version is not None
    said = contents([version.pk], with_source=True)[version.pk]
    (case,) = said.cases
    assert [(one.channel, one.term_n, one.term_unit, one.fees[0].amount) for one in case.channels] == [
        (1, 3, "NGAY_LAM_VIEC", 0),
        (2, 3, "NGAY_LAM_VIEC", 0),
    ]
    assert [(one.name, one.originals, one.copies) for one in case.papers] == [
        ("Tờ khai", 1, 0),
        ("Giấy chứng sinh", 1, 1),
    ]
    assert (said.results[0].code, said.bases[0].number, said.tiers) == (
        "KQ.G15.000331",
        "60/2014/QH13",
        ("XA",),
    )
    assert said.source == a_row()
    assert DecisionItem.objects.get().decision.number == "163/QĐ-BTP"


def test_importing_the_same_again_changes_nothing_at_all(tmp_path: Path) -> None:
    path = a_file(tmp_path, a_row(), a_row(ma_thu_tuc="1.2", cach_thuc_thuc_hien=NO_UNIT), "{không phải json")
    first = bring_in(path)
    tables = (Procedure, ProcedureVersion, Doubt, ImportBatch, RejectedRow, DecisionItem, AuditEntry)
    before = [list(table.objects.order_by("pk").values()) for table in tables]
    again = bring_in(path, at=AT + timedelta(days=1))
    assert [list(table.objects.order_by("pk").values()) for table in tables] == before
    assert (again.stored, again.new, again.unchanged, again.doubts) == (2, 0, 2, first.doubts)
    assert [one.row_ref for one in again.rejected] == ["thu-tuc.jsonl:3"]


def test_the_order_of_keys_is_not_a_change(tmp_path: Path) -> None:
    bring_in(a_file(tmp_path, a_row()))
    assert bring_in(a_file(tmp_path, dict(reversed(a_row().items())))).unchanged == 1


def test_a_changed_row_makes_a_new_version_and_closes_the_old_one(tmp_path: Path) -> None:
    bring_in(a_file(tmp_path, a_row()), valid_from=date(2026, 1, 1))
    report = bring_in(
        a_file(tmp_path, a_row(ten_thu_tuc="Đăng ký nhận con", linh_vuc="Hộ tịch ")),
        valid_from=date(2026, 6, 1),
    )
    assert (report.new, report.changed) == (0, 1)
    one, two = ProcedureVersion.objects.order_by("number")
    assert (one.valid_from, one.valid_to, two.valid_from, two.valid_to) == (
        date(2026, 1, 1), date(2026, 6, 1), date(2026, 6, 1), None,
    )  # fmt: skip
    procedure = Procedure.objects.get()
    assert (procedure.name, procedure.name_folded) == ("Đăng ký nhận con", "dang ky nhan con")
    assert Field.objects.count() == 1


def test_a_change_dated_before_the_version_in_force_is_refused_and_nothing_is_written(tmp_path: Path) -> None:
    bring_in(a_file(tmp_path, a_row()), valid_from=date(2026, 6, 1))
    with pytest.raises(Refused) as caught:
        bring_in(
            a_file(tmp_path, a_row(ten_thu_tuc="Khác"), a_row(ma_thu_tuc="9.9")), valid_from=date(2026, 5, 1)
        )
    assert "1.000080" in caught.value.what
    assert Procedure.objects.count() == 1


def test_rows_that_cannot_be_read_are_named_and_kept_as_text(tmp_path: Path) -> None:
    path = a_file(tmp_path, a_row(), "{broken", "[1, 2]", a_row(ma_thu_tuc="  "), a_row(ma_thu_tuc="x" * 41))
    report = bring_in(path)
    assert (report.read, report.stored) == (5, 1)
    assert [(one.row_ref, one.why.split(".")[0]) for one in report.rejected] == [
        ("thu-tuc.jsonl:2", "Dòng không phải JSON ở ký tự 2"),
        ("thu-tuc.jsonl:3", "Dòng là JSON nhưng không phải một đối tượng {…}"),
        ("thu-tuc.jsonl:4", "Dòng không có mã thủ tục (ma_thu_tuc)"),
        ("thu-tuc.jsonl:5", "Mã thủ tục dài 41 ký tự, quá 40"),
    ]
    assert RejectedRow.objects.get(row_ref="thu-tuc.jsonl:2").text == "{broken"


def test_two_rows_of_one_code_that_differ_leave_the_second_as_a_doubt(tmp_path: Path) -> None:
    path = a_file(tmp_path, a_row(), a_row(), a_row(ten_thu_tuc="Khác hẳn"))
    report = bring_in(path)
    assert (report.read, report.stored, report.new) == (3, 2, 1)
    doubt = Doubt.objects.get(kind="duplicate_code")
    assert doubt.row_ref == "thu-tuc.jsonl:3" and "Khác hẳn" in doubt.original
    assert bring_in(path).new == 0 and Doubt.objects.count() == 1


def test_a_file_in_another_encoding_is_answered_with_byte_and_line(tmp_path: Path) -> None:
    path = tmp_path / "x.jsonl"
    path.write_bytes(json.dumps(a_row(), ensure_ascii=False).encode() + b'\n{"ma_thu_tuc": "\xf0\xe9"}\n')
    with pytest.raises(BadFile) as caught:
        bring_in(path)
    assert "dòng 2" in caught.value.what and "0xF0" in caught.value.what and "UTF-8" in caught.value.do
    path.write_bytes("{}".encode("utf-16"))
    with pytest.raises(BadFile, match="UTF-16"):
        bring_in(path)
    path.write_bytes(b"\n  \n")
    with pytest.raises(BadFile, match="không có dòng nào"):
        bring_in(path)
    with pytest.raises(BadFile):
        bring_in(tmp_path / "khong-co.jsonl")


def test_a_byte_order_mark_and_decomposed_letters_are_taken(tmp_path: Path) -> None:
    import unicodedata

    path = tmp_path / "x.jsonl"
    text = unicodedata.normalize("NFD", json.dumps(a_row(), ensure_ascii=False))
    path.write_text(text, encoding="utf-8-sig")
    bring_in(path)
    assert Procedure.objects.get().name == "Đăng ký nhận cha, mẹ, con"
    assert Field.objects.get().name_folded == "ho tich"


def test_letters_a_database_cannot_hold_do_not_stop_the_row(tmp_path: Path) -> None:
    report = bring_in(
        a_file(tmp_path, json.dumps(a_row(ten_thu_tuc="Tên \x00 lạ \ud83d", ghi_chu=None, so=5)))
    )
    assert report.new == 1
    assert Procedure.objects.get().name.startswith("Tên ")


def test_a_line_separator_inside_a_text_ends_no_row(tmp_path: Path) -> None:
    report = bring_in(a_file(tmp_path, a_row(yeu_cau_dieu_kien="một\u2028hai\x85ba")))
    assert (report.read, report.new) == (1, 1)


def test_the_number_of_statements_does_not_grow_with_the_rows(
    tmp_path: Path, django_assert_max_num_queries
) -> None:
    few = a_file(
        tmp_path, *(a_row(ma_thu_tuc=f"1.{n}", cach_thuc_thuc_hien=NO_UNIT) for n in range(3)), name="a.jsonl"
    )
    many = a_file(
        tmp_path,
        *(a_row(ma_thu_tuc=f"2.{n}", cach_thuc_thuc_hien=NO_UNIT) for n in range(120)),
        name="b.jsonl",
    )
    with django_assert_max_num_queries(32):
        bring_in(few)
    with django_assert_max_num_queries(32):
        bring_in(many)
    with django_assert_max_num_queries(8):
        bring_in(many)


def test_what_a_person_decided_is_decided_again_when_the_row_changes_elsewhere(tmp_path: Path) -> None:
    bring_in(a_file(tmp_path, a_row(cach_thuc_thuc_hien=NO_UNIT)))
    doubt = Doubt.objects.get(kind="term_without_unit")
    correct([doubt.pk], {"unit": "NGAY_LAM_VIEC"}, by=ADMIN, at=AT)
    bring_in(a_file(tmp_path, a_row(cach_thuc_thuc_hien=NO_UNIT)))
    assert ProcedureVersion.objects.count() == 2, "the correction survives importing the same source again"
    bring_in(
        a_file(tmp_path, a_row(cach_thuc_thuc_hien=NO_UNIT, ten_thu_tuc="Tên mới")), at=AT + timedelta(days=9)
    )
    newest = ProcedureVersion.objects.order_by("-number")[0]
    assert newest.name == "Tên mới"
    assert [line.term_n for line in contents([newest.pk])[newest.pk].cases[0].channels] == [7, 7]
    assert not Doubt.objects.filter(state="OPEN").exists()


def test_open_doubts_about_a_replaced_row_are_closed_with_a_reason(tmp_path: Path) -> None:
    bring_in(a_file(tmp_path, a_row(cach_thuc_thuc_hien=NO_UNIT)))
    bring_in(a_file(tmp_path, a_row()))
    doubt = Doubt.objects.get()
    assert (doubt.state, doubt.reason) == ("DISMISSED", "Nguồn có dòng mới thay thế.")
    with pytest.raises(Refused):
        accept([doubt.pk], by=ADMIN, at=AT)
