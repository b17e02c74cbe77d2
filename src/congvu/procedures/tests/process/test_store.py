"""Processes in the database: stored as they are, read back the same, published only when lint finds no error."""

from datetime import date
from decimal import Decimal

import pytest
from django.db import IntegrityError, transaction

from congvu.foundation.audit.models import AuditEntry
from congvu.foundation.refusal import Refused
from congvu.organisation.tests.make import a_unit
from congvu.procedures.actions.import_bpmn import import_bpmn
from congvu.procedures.actions.set_process import draft_graph, publish_process
from congvu.procedures.models import Procedure, ProcessStep, ProcessVersion, StepLink
from congvu.procedures.queries.graphs import findings, process_of_code, stored_process, whole_term
from congvu.procedures.rules.bpmn.read import read_bpmn
from congvu.procedures.rules.bpmn.write import write_bpmn
from congvu.procedures.rules.process.conditions import Condition
from congvu.procedures.rules.process.graph import Agency, Branch, Process
from congvu.procedures.tests.make import ADMIN, AT, a_published
from congvu.procedures.tests.process.make import a_return, a_step, choice, parallel, rework

DAY = date(2026, 12, 1)
pytestmark = pytest.mark.django_db


@pytest.fixture
def procedure() -> Procedure:
    return a_published()


@pytest.mark.parametrize(
    "process",
    [
        rework(),
        parallel(),
        parallel("ANY"),
        choice("ALL"),
        Process((a_step("a", "c"), a_step("b", "c", kind="OPINION"), a_return("c")), ("a", "b"), "NOTIFICATION"),
        Process((a_step("a", branches=(Branch((), (Condition("x", ">", "3"), Condition("y"))), Branch(("b",)))),
                 a_return("b", officer="clerk", duty="Trả tận tay", term_unit="GIO_LAM_VIEC"))),
    ],
)  # fmt: skip
def test_a_draft_reads_back_as_it_was_written(
    procedure: Procedure, process: Process, django_assert_max_num_queries
) -> None:
    with django_assert_max_num_queries(14):
        draft = draft_graph(procedure.pk, process, by=ADMIN, at=AT, total_hours=Decimal(240))
    with django_assert_max_num_queries(3):
        stored = stored_process(draft.pk)
    assert stored.graph == process
    assert stored.step_ids == dict(ProcessStep.objects.values_list("stable_key", "pk"))
    assert AuditEntry.objects.filter(verb="draft_process", object_id=procedure.pk).count() == 1
    draft_graph(procedure.pk, rework(), by=ADMIN, at=AT)
    assert ProcessVersion.objects.filter(procedure=procedure).count() == 1, "the draft is replaced"


def test_a_sound_process_is_published_and_its_links_are_frozen(procedure: Procedure) -> None:
    draft_graph(procedure.pk, rework(), by=ADMIN, at=AT)
    publish_process(procedure.pk, DAY, by=ADMIN, at=AT)
    found = process_of_code(procedure.code, DAY)
    assert found is not None and stored_process(found.pk).graph == rework()
    assert process_of_code(procedure.code, date(2026, 11, 30)) is None
    with pytest.raises(IntegrityError, match="đã công bố"), transaction.atomic():
        StepLink.objects.filter(back=True).update(max_rounds=9)


@pytest.mark.parametrize(
    ("process", "where", "word"),
    [
        (rework(None), "Bước 3", "tối đa"),
        (
            Process((a_step("a", "b"), a_step("b", "c"), a_step("c", "b"))),
            "Quy trình",
            "không có đường nào tới kết thúc",
        ),
        (
            Process((a_step("a", "b"), a_step("b", "c", "d"), a_step("c", "b"), a_return("d"))),
            "Bước 2",
            "chạy vòng",
        ),
        (choice("ALL"), "Bước 4", "không bao giờ mở"),
        (parallel(), "Bước 1", "vượt thời hạn"),
        (Process((a_step("a"), a_return("b"))), "Bước 2", "Không bước nào dẫn tới"),
    ],
)
def test_what_lint_calls_an_error_is_not_published_and_nothing_changes(
    procedure, process, where, word
) -> None:
    draft_graph(
        procedure.pk, process, by=ADMIN, at=AT, total_hours=Decimal(16) if word.startswith("vượt") else None
    )
    with pytest.raises(Refused) as caught:
        publish_process(procedure.pk, DAY, by=ADMIN, at=AT)
    assert caught.value.where == where and word in caught.value.what and caught.value.article
    assert ProcessVersion.objects.get().state == "DRAFT"
    assert not AuditEntry.objects.filter(verb="publish_process").exists()


def test_an_agency_must_exist_on_the_day_the_process_begins(procedure: Procedure) -> None:
    office = a_unit("H99.24", "Công an tỉnh")
    process = Process((a_step("a", "b"), a_return("b", agency=Agency("FIXED", office.pk))))
    draft = draft_graph(procedure.pk, process, by=ADMIN, at=AT)
    graph = stored_process(draft.pk).graph
    assert graph.steps[1].agency.code == office.code
    assert [one for one in findings(procedure.pk, graph, on=DAY) if one.is_error] == []
    early = findings(procedure.pk, graph, on=date(1990, 1, 1))
    assert [one.code for one in early if one.is_error] == ["AGENCY_GONE"]


def test_the_term_is_the_shorter_of_the_promise_and_the_whole_of_the_process(procedure: Procedure) -> None:
    assert whole_term(procedure.pk, None, DAY).words() == "30 ngày làm việc"  # type: ignore[union-attr]
    assert whole_term(procedure.pk, Decimal(16), DAY).words() == "16 giờ làm việc"  # type: ignore[union-attr]
    assert whole_term(procedure.pk, Decimal(800), DAY).words() == "30 ngày làm việc"  # type: ignore[union-attr]
    assert whole_term(procedure.pk, None, date(2025, 1, 1)) is None


@pytest.mark.parametrize(
    "process",
    [
        Process(()),
        Process((a_step("a", "x"),)),
        Process((a_step("a", "a"),)),
        Process((a_step("a"), a_step("a"))),
        Process((a_step("a", kind="SUB_DOSSIER", sub_procedure="khong-co"),)),
        Process(tuple(a_step(f"s{n}") for n in range(201))),
    ],
)
def test_what_no_table_could_hold_is_refused(procedure: Procedure, process: Process) -> None:
    with pytest.raises(Refused):
        draft_graph(procedure.pk, process, by=ADMIN, at=AT)
    assert not ProcessVersion.objects.exists()


def test_a_sub_dossier_names_a_procedure_of_the_catalogue(procedure: Procedure) -> None:
    process = Process((a_step("a", "b", kind="SUB_DOSSIER", sub_procedure=procedure.code), a_return("b")))
    draft = draft_graph(procedure.pk, process, by=ADMIN, at=AT)
    assert stored_process(draft.pk).graph.steps[0].sub_procedure == procedure.code


def test_a_bpmn_file_becomes_a_draft_bound_to_the_units_it_names(procedure: Procedure) -> None:
    office = a_unit("H99.24", "Công an tỉnh")
    process = Process(
        (
            a_step("a", "b", agency=Agency("RECEIVER")),
            a_step("b", "c", agency=Agency("FIXED", None, office.code, "tên khác")),
            a_step("c", "d", agency=Agency("FIXED", None, "", "Sở không có")),
            a_return("d"),
        )
    )
    draft = import_bpmn(procedure.pk, read_bpmn(write_bpmn(process, "x")), by=ADMIN, at=AT, name="q.bpmn")
    assert draft.source == "BPMN q.bpmn"
    units = [step.agency.unit_id for step in stored_process(draft.pk).graph.steps]
    assert units == [None, office.pk, None, None]
