"""Step tables: imported, drafted, published, frozen, summed."""

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path

import pytest
from django.db import IntegrityError, transaction

from congvu.foundation.identity.actor import SYSTEM
from congvu.foundation.refusal import Refused
from congvu.procedures.actions.import_workflows import import_workflows
from congvu.procedures.actions.set_process import draft_process, publish_process
from congvu.procedures.models import Doubt, ProcessStep, ProcessVersion, StepLink
from congvu.procedures.queries.processes import process_for
from congvu.procedures.rules.checks import StepDraft
from congvu.procedures.rules.workflow import read_process
from congvu.procedures.tests.make import ADMIN, AT, a_published

XML = """<?xml version="1.0"?>
<process code="DT01" name="Cấp phép" totaltime="15" version="1" fee="50.000">
  <step order="1" group="BP_MOT_CUA" name="Tiếp nhận" time="0.5" role="TIEP_NHAN">
    <task code="a" name="Nhận" time="0.5" next="b"/></step>
  <step order="2" group="PHONG_KINH_TE_HA_TANG" name="Thụ lý" time="{middle}" role="XU_LY">
    <task code="b" name="Xử lý" time="{task}" next="{next}"/></step>
  <step order="3" group="BP_MOT_CUA" name="Trả" time="0" role="TRA_KET_QUA">
    <task code="c" name="Trả" time="0" next="NULL"/></step>
</process>"""
STEPS = (
    StepDraft("Tiếp nhận", "RECEIVE", "RECEIVER", Decimal("0.5")),
    StepDraft("Thẩm định", "LEAD", "COMPETENT", Decimal(3)),
    StepDraft("Ký", "SIGN", "FIXED", Decimal(1), agency_text="UBND tỉnh"),
    StepDraft("Trả kết quả", "RETURN", "RECEIVER", Decimal("0.5")),
)


def a_folder(folder: Path, **parts: str) -> Path:
    text = XML.format(**{"middle": "14.5", "task": "14.5", "next": "c", **parts})
    (folder / "DT01").mkdir(exist_ok=True)
    (folder / "DT01" / "DT01_workflow.xml").write_text(text, encoding="utf-8")
    (folder / "t_cores_ou.csv").write_text("PK_OU,C_NAME\n1,Phòng Kinh tế và Hạ tầng\n", encoding="utf-8")
    return folder


@pytest.mark.parametrize(
    ("document", "word"),
    [
        (b"<process code='x'", "XML"),
        (b"<other/>", "<process"),
        (b"<process totaltime='1'/>", "<process"),
        (b"<process code='x' totaltime='abc'/>", "ngày"),
        (b"<process code='x' totaltime='NaN'/>", "ngày"),
        (b"<process code='x' totaltime='-1'/>", "ngày"),
        (b"<!DOCTYPE a [<!ENTITY b 'c'>]><process code='x' totaltime='1'/>", "DTD"),
        (b"", "XML"),
        (b"\x00\x01", "XML"),
    ],
)
def test_a_file_that_is_no_process_is_answered_in_words(document: bytes, word: str) -> None:
    with pytest.raises(Refused) as caught:
        read_process(document, {}, "x.xml")
    assert word in caught.value.what


def test_times_are_compared_exactly_not_as_floating_point() -> None:
    text = XML.format(middle="14.3", task="14.3", next="c").replace('time="0.5"', 'time="0.7"')
    read = read_process(text.encode(), {"phong kinh te ha tang": "P"}, "x")
    assert read.sum_of_steps == Decimal("15.0") and not read.found


@pytest.mark.django_db
def test_a_folder_of_processes_becomes_step_tables(tmp_path: Path) -> None:
    report = import_workflows(a_folder(tmp_path), by=SYSTEM, at=AT)
    assert (report.processes, report.steps, report.sum_mismatch, report.doubts) == (1, 3, (), {})
    process = ProcessVersion.objects.get()
    assert (process.state, process.total_days, process.fee_text) == ("PUBLISHED", 15, "50.000")
    rows = ProcessStep.objects.order_by("position").values_list(
        "role", "agency_kind", "agency_text", "term_n"
    )
    assert list(rows) == [
        ("RECEIVE", "RECEIVER", "Bộ phận tiếp nhận và trả kết quả", Decimal("0.5")),
        ("LEAD", "FIXED", "Phòng Kinh tế và Hạ tầng", Decimal("14.5")),
        ("RETURN", "RECEIVER", "Bộ phận tiếp nhận và trả kết quả", 0),
    ]
    assert StepLink.objects.count() == 2


@pytest.mark.django_db
def test_steps_that_do_not_sum_to_the_term_are_flagged_with_both_numbers(tmp_path: Path) -> None:
    report = import_workflows(a_folder(tmp_path, middle="10", next="z"), by=SYSTEM, at=AT)
    (flagged,) = report.sum_mismatch
    assert (flagged["code"], flagged["total"], flagged["sum"], flagged["difference"]) == (
        "DT01",
        15,
        10.5,
        -4.5,
    )
    assert {one.kind for one in Doubt.objects.all()} == {"steps_sum", "tasks_sum", "next_broken"}
    assert StepLink.objects.count() == 2, "a broken link falls back to the order of steps"


@pytest.mark.django_db
def test_importing_the_same_folder_again_changes_nothing_and_a_new_file_makes_a_new_number(
    tmp_path: Path,
) -> None:
    import_workflows(a_folder(tmp_path), by=SYSTEM, at=AT)
    again = import_workflows(tmp_path, by=SYSTEM, at=AT)
    assert (again.unchanged, ProcessVersion.objects.count()) == (1, 1)
    changed = import_workflows(a_folder(tmp_path, middle="14"), by=SYSTEM, at=AT + timedelta(days=3))
    assert changed.changed == 1
    assert list(ProcessVersion.objects.order_by("number").values_list("number", "valid_to")) == [
        (1, date(2026, 11, 23)),
        (2, None),
    ]


@pytest.mark.django_db
def test_an_empty_folder_and_two_files_of_one_code_are_refused(tmp_path: Path) -> None:
    with pytest.raises(Refused):
        import_workflows(tmp_path / "khong-co", by=SYSTEM, at=AT)
    with pytest.raises(Refused):
        import_workflows(tmp_path, by=SYSTEM, at=AT)
    a_folder(tmp_path)
    (tmp_path / "ban_sao_workflow.xml").write_bytes((tmp_path / "DT01" / "DT01_workflow.xml").read_bytes())
    with pytest.raises(Refused, match="cùng mã"):
        import_workflows(tmp_path, by=SYSTEM, at=AT)


@pytest.mark.django_db
def test_a_step_table_is_drafted_published_and_replaced_from_a_day_on(django_assert_max_num_queries) -> None:
    procedure = a_published()
    with django_assert_max_num_queries(13):
        draft_process(procedure.pk, STEPS, by=ADMIN, at=AT, total_hours=Decimal(40))
    publish_process(procedure.pk, date(2026, 2, 1), by=ADMIN, at=AT)
    assert process_for(procedure.pk, date(2026, 1, 31)) is None
    table = process_for(procedure.pk, date(2026, 2, 1))
    assert table is not None and (table.sum_hours, table.mismatch_hours) == (40, 0)
    assert [step.leads_to for step in table.steps] == [(2,), (3,), (4,), ()]
    draft_process(procedure.pk, STEPS[:2], by=ADMIN, at=AT, total_hours=Decimal(40))
    publish_process(procedure.pk, date(2026, 3, 1), by=ADMIN, at=AT)
    before, after = process_for(procedure.pk, date(2026, 2, 28)), process_for(procedure.pk, date(2026, 3, 1))
    assert before is not None and after is not None
    assert (len(before.steps), len(after.steps), after.mismatch_hours) == (4, 2, -12)


@pytest.mark.django_db
def test_a_published_step_table_cannot_be_changed_behind_the_actions() -> None:
    procedure = a_published()
    draft_process(procedure.pk, STEPS, by=ADMIN, at=AT)
    process = publish_process(procedure.pk, date(2026, 2, 1), by=ADMIN, at=AT)
    first = ProcessStep.objects.filter(process_version=process).first()
    for change in (
        lambda: ProcessStep.objects.filter(process_version=process).update(term_n=9),
        lambda: StepLink.objects.filter(from_step=first)._raw_delete("default"),
        lambda: ProcessVersion.objects.filter(pk=process.pk).update(name="khác"),
        lambda: ProcessStep.objects.create(
            process_version=process, stable_key="x", position=9, name="x", agency_kind="RECEIVER", role="LEAD"
        ),
    ):
        with pytest.raises(IntegrityError, match="đã công bố"), transaction.atomic():
            change()


@pytest.mark.django_db
def test_the_sum_of_a_graph_is_its_longest_way() -> None:
    procedure = a_published()
    steps = (
        replace(STEPS[0], leads_to=(2, 3)),
        replace(STEPS[1], leads_to=(4,)),
        replace(STEPS[2], leads_to=(4,)),
        STEPS[3],
    )
    draft_process(procedure.pk, steps, by=ADMIN, at=AT)
    publish_process(procedure.pk, date(2026, 2, 1), by=ADMIN, at=AT)
    table = process_for(procedure.pk, date(2026, 2, 1))
    assert table is not None and table.sum_hours == 32


@pytest.mark.parametrize(
    "steps",
    [
        (),
        (replace(STEPS[0], name=""),),
        (replace(STEPS[0], role="KHAC"),),
        (replace(STEPS[2], agency_text=""),),
        (replace(STEPS[0], term_n=Decimal(-1)),),
        (replace(STEPS[0], leads_to=(1,)), STEPS[1]),
        (replace(STEPS[0], leads_to=(2,)), replace(STEPS[1]), STEPS[2]),
    ],
)
@pytest.mark.django_db
def test_a_table_no_dossier_could_walk_is_refused(steps) -> None:
    with pytest.raises(Refused):
        draft_process(a_published().pk, steps, by=ADMIN, at=AT)
