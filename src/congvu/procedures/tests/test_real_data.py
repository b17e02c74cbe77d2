"""All 796 real procedures and all 27 real processes, when the shared data lies beside the checkout."""

import re
import unicodedata
from collections import Counter

import pytest

from congvu.foundation.clock import LEGAL_ZONE
from congvu.foundation.identity.actor import SYSTEM
from congvu.procedures.actions.import_procedures import import_procedures
from congvu.procedures.actions.import_workflows import import_workflows
from congvu.procedures.actions.resolve_doubts import accept
from congvu.procedures.models import CasePaper, Doubt, Procedure, ProcedureVersion, ProcessStep, StepLink
from congvu.procedures.queries.content import contents
from congvu.procedures.queries.find import search
from congvu.procedures.rules.changes import applied, is_complete
from congvu.procedures.rules.row import read_line
from congvu.procedures.tests.make import ADMIN, AT, REAL

FILES = sorted((REAL / "procedures").glob("*.jsonl"))
PROCESSES = REAL / "one_stop_workflows"
needs_data = pytest.mark.skipif(not FILES, reason="../shared/data is not beside this checkout")


@pytest.fixture(scope="module")
def rows():
    return [read_line(line) for path in FILES for line in path.read_text("utf-8").split("\n") if line.strip()]


def words_of(text: str) -> list[str]:
    """The words of a flattened table, parted also where a cell ends and the next begins with a capital."""
    return re.findall(
        r"[^\W_]{2,}", re.sub(r"(?<=[a-zà-ỹ\d])(?=[A-ZĐÀ-Ỹ])", " ", unicodedata.normalize("NFC", text))
    )


def lost(source: str, kept: str) -> list[str]:
    plain = re.sub(r"\W", "", kept)
    return [word for word in words_of(source) if word not in plain]


@needs_data
def test_every_row_is_read_and_no_word_of_a_term_or_fee_is_lost(rows) -> None:
    assert len(rows) == 796
    for row in rows:
        kept = "".join(
            f"{line.term_text}{line.note}{''.join(fee.text for fee in line.fees)}"
            for case in row.content.cases
            for line in case.channels
        )
        source = row.content.source["cach_thuc_thuc_hien"].removeprefix(
            "Hình thức nộpThời gianPhí, lệ phíMô tả"
        )
        assert not lost(source, kept), (row.code, lost(source, kept))


@needs_data
def test_no_word_of_a_paper_is_lost(rows) -> None:
    for row in rows:
        counts = r"\d+ bản (?:chính|sao)"
        source = unicodedata.normalize("NFC", row.content.source["thanh_phan_ho_so"])
        source = re.sub(rf"Tên giấy tờMẫu đơn, tờ khaiSố lượng|{counts}", " ", source)
        kept = "".join(
            f"{paper.group_name}{paper.name}{paper.form_code}"
            for case in row.content.cases
            for paper in case.papers
        )
        kept += "".join(found.original for found in row.found)
        assert not lost(source, re.sub(counts, "", kept)), (row.code, lost(source, re.sub(counts, "", kept)))


@needs_data
def test_a_term_is_given_only_where_the_source_writes_number_and_unit(rows) -> None:
    counted = 0
    for row in rows:
        source = row.content.source["cach_thuc_thuc_hien"]
        for case in row.content.cases:
            for line in case.channels:
                if line.term_n is None:
                    continue
                counted += 1
                unit = {"NGAY_LAM_VIEC": "Ngày làm việc", "NGAY": "Ngày"}[line.term_unit]
                assert f"{line.term_n} {unit}" in source, (row.code, line)
    assert counted > 1800


@needs_data
def test_every_complete_proposal_can_be_made(rows) -> None:
    made = 0
    for row in rows:
        for found in row.found:
            if found.proposal and is_complete(found.proposal):
                assert applied(row.content, found.proposal) != row.content, (row.code, found)
                made += 1
    assert made > 500


@needs_data
def test_the_kinds_of_doubt_are_those_counted_by_hand(rows) -> None:
    kinds = Counter(found.kind.value for row in rows for found in row.found)
    raw = [row.content.source for row in rows]
    assert kinds["authority_missing"] == sum(not one["co_quan_co_tham_quyen"].strip() for one in raw)
    assert kinds["tier_unknown"] == sum("Cơ quan khác" in one["cap_thuc_hien"] for one in raw)
    assert kinds["no_papers"] == sum("Số lượng" not in one["thanh_phan_ho_so"] for one in raw)
    sound = re.compile(r"\d{1,5}[a-z]?/QĐ-[A-ZĐ]{2,12}")
    assert kinds["decision_unparsed"] == sum(not sound.fullmatch(one["so_quyet_dinh"].strip()) for one in raw)
    glued = re.compile(r"(?:Trực tuyến|Trực tiếp|Dịch vụ bưu chính)\d[\d.,]* ?(?:VNĐ|Việt Nam Đồng)")
    with_glue = {row.code for row in rows if glued.search(row.content.source["cach_thuc_thuc_hien"])}
    assert {row.code for row in rows for one in row.found if one.kind == "term_fee_glued"} == with_glue


@needs_data
@pytest.mark.django_db
def test_all_of_it_is_stored_found_and_worked_off(django_assert_max_num_queries) -> None:
    with django_assert_max_num_queries(32):
        report = import_procedures(FILES, by=SYSTEM, at=AT)
    assert (report.read, report.stored, report.new, report.rejected) == (796, 796, 796, ())
    assert ProcedureVersion.objects.filter(state="PUBLISHED").count() == Procedure.objects.count() == 796
    assert Doubt.objects.filter(state="OPEN").count() == sum(report.doubts.values())
    assert CasePaper.objects.count() > 4000
    assert import_procedures(FILES, by=SYSTEM, at=AT).unchanged == 796
    assert "1.001193" in {one.code for one in search("dang ky khai sinh", on=AT.date(), limit=50)}
    ids = [
        one.pk
        for one in Doubt.objects.filter(kind="authority_missing")
        if one.proposal and is_complete(one.proposal)
    ]
    with django_assert_max_num_queries(24):
        done = accept(ids, by=ADMIN, at=AT)
    assert done.doubts == done.versions == len(ids) > 390
    said = contents(
        ProcedureVersion.objects.filter(state="PUBLISHED", valid_to=None).values_list("id", flat=True)
    )
    assert sum(not one.authority_text for one in said.values()) == 506 - len(ids)


@needs_data
@pytest.mark.django_db
def test_the_processes_of_the_real_one_stop_and_the_three_that_do_not_sum() -> None:
    report = import_workflows(PROCESSES, by=SYSTEM, at=AT.astimezone(LEGAL_ZONE))
    assert (report.processes, report.steps) == (27, 122)
    assert [(one["code"], one["total"], one["sum"]) for one in report.sum_mismatch] == [
        ("DT07", 20, 1),
        ("TP06", 1, 4),
        ("TP07", 5, 2),
    ]
    assert ProcessStep.objects.count() == 122
    assert StepLink.objects.count() == 122 - 27
    assert report.doubts["next_broken"] == 1  # TP10 points at tasks of TP06
