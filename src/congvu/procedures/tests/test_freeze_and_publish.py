"""What is published is frozen, by the actions in words and by the database for whoever goes around them."""

from dataclasses import replace
from datetime import date, datetime

import pytest
from django.db import IntegrityError, connection, transaction

from congvu.foundation.audit.models import AuditEntry
from congvu.foundation.clock import LEGAL_ZONE
from congvu.foundation.identity.actor import SYSTEM
from congvu.foundation.refusal import Refused
from congvu.procedures.actions.draft import create_procedure, drop_draft, save_draft, start_draft
from congvu.procedures.actions.publish import (
    Decision,
    abolish,
    amend,
    publish,
    replace_procedures,
    settle_statuses,
)
from congvu.procedures.models import (
    CaseChannel,
    CaseFee,
    CasePaper,
    DecisionItem,
    LegalBasis,
    Procedure,
    ProcedureCase,
    ProcedureVersion,
    VersionResult,
)
from congvu.procedures.queries.content import contents
from congvu.procedures.queries.versions import draft_of, version_history, version_in_force
from congvu.procedures.rules.content import ResultLine
from congvu.procedures.tests.make import ADMIN, AT, DECISION, a_content, a_published

pytestmark = pytest.mark.django_db
LATER = Decision("99/QĐ-UBND", "Chủ tịch UBND tỉnh", date(2026, 11, 10), date(2026, 12, 1))


def refused_by_database(change) -> str:
    with pytest.raises(IntegrityError) as caught, transaction.atomic():
        change()
    return str(caught.value)


def test_no_part_of_a_published_version_can_be_changed_behind_the_actions() -> None:
    procedure = a_published()
    version = ProcedureVersion.objects.get(procedure=procedure)
    case = ProcedureCase.objects.get(version=version)
    channel = CaseChannel.objects.filter(case=case).first()
    for rows, change in (
        (ProcedureVersion.objects.filter(pk=version.pk), {"name": "khác"}),
        (ProcedureVersion.objects.filter(pk=version.pk), {"state": "DRAFT"}),
        (ProcedureCase.objects.filter(version=version), {"name": "khác"}),
        (CaseChannel.objects.filter(case=case), {"term_n": 1}),
        (CaseFee.objects.filter(channel=channel), {"amount": 5}),
        (CasePaper.objects.filter(case=case), {"originals": 9}),
        (VersionResult.objects.filter(version=version), {"name": "khác"}),
        (LegalBasis.objects.filter(version=version), {"number": "khác"}),
    ):
        assert rows.exists()
        assert "đã công bố không sửa" in refused_by_database(
            lambda rows=rows, change=change: rows.update(**change)
        )
        assert "đã công bố không sửa" in refused_by_database(lambda rows=rows: rows._raw_delete("default"))
    for row in (
        CasePaper(case=case, stable_key="x", name="thêm vào"),
        CaseChannel(case=case, channel=3),
        CaseFee(channel=channel, amount=1),
        ProcedureCase(version=version, stable_key="x", name="thêm"),
        VersionResult(version=version, stable_key="x", name="thêm"),
        LegalBasis(version=version, number="thêm"),
    ):
        assert "phần bên trong" in refused_by_database(row.save)


def test_a_child_cannot_be_moved_from_a_draft_into_a_published_version() -> None:
    procedure = a_published()
    published = ProcedureCase.objects.get(version__procedure=procedure)
    draft = start_draft(procedure.pk, by=ADMIN, at=AT)
    paper = CasePaper.objects.filter(case__version=draft).first()
    assert paper is not None
    assert "phần bên trong" in refused_by_database(
        lambda: CasePaper.objects.filter(pk=paper.pk).update(case=published, stable_key="moved")
    )


def test_only_the_end_of_a_published_version_may_still_be_set_and_only_earlier() -> None:
    version = ProcedureVersion.objects.get(procedure=a_published())
    ProcedureVersion.objects.filter(pk=version.pk).update(valid_to=date(2026, 12, 1))
    ProcedureVersion.objects.filter(pk=version.pk).update(valid_to=date(2026, 11, 1))
    assert "đã công bố" in refused_by_database(
        lambda: ProcedureVersion.objects.filter(pk=version.pk).update(valid_to=None)
    )


def test_two_published_versions_cannot_be_in_force_on_one_day() -> None:
    version = ProcedureVersion.objects.get(procedure=a_published())
    with pytest.raises(IntegrityError), transaction.atomic():
        ProcedureVersion.objects.create(
            procedure=version.procedure, number=9, name="chồng", state="PUBLISHED",
            valid_from=date(2026, 6, 1), published_at=AT,
        )  # fmt: skip


def test_an_amendment_closes_the_version_before_it_on_its_own_first_day() -> None:
    procedure = a_published()
    draft = start_draft(procedure.pk, by=ADMIN, at=AT)
    said = contents([draft.pk])[draft.pk]
    save_draft(
        procedure.pk,
        replace(said, name="Cho phép thành lập hội (mới)"),
        expected=draft.content_sha256,
        by=ADMIN,
        at=AT,
    )
    amend([procedure.pk], LATER, "Thời hạn", by=ADMIN, at=AT)
    before = version_in_force(procedure.pk, date(2026, 11, 30))
    after = version_in_force(procedure.pk, date(2026, 12, 1))
    assert before is not None and after is not None
    assert (before.number, before.valid_to, after.number, after.valid_from) == (
        1,
        date(2026, 12, 1),
        2,
        date(2026, 12, 1),
    )
    assert version_in_force(procedure.pk, date(2026, 1, 14)) is None
    newest = version_history(procedure.pk)[0]
    assert newest.decision is not None and newest.decision.action == "Sửa đổi, bổ sung"
    assert [(one.part, one.kind) for one in newest.changes] == [("Tên thủ tục", "đổi")]


def test_a_copy_keeps_the_stable_keys_and_says_the_same() -> None:
    procedure = a_published()
    first = ProcedureVersion.objects.get(procedure=procedure)
    draft = start_draft(procedure.pk, by=ADMIN, at=AT)
    said = contents([first.pk, draft.pk])
    assert said[first.pk] == said[draft.pk]
    assert [paper.stable_key for paper in said[draft.pk].cases[0].papers] == ["don", "dieu-le"]
    assert start_draft(procedure.pk, by=ADMIN, at=AT).pk == draft.pk


def test_saving_a_draft_that_was_published_meanwhile_is_refused_in_words() -> None:
    procedure = a_published()
    with pytest.raises(Refused) as caught:
        save_draft(procedure.pk, a_content(), expected="", by=ADMIN, at=AT)
    assert "đã công bố không sửa được" in caught.value.what
    assert "bản thảo mới" in caught.value.do


def test_a_stale_form_does_not_overwrite_what_another_has_saved() -> None:
    procedure = a_published()
    draft = start_draft(procedure.pk, by=ADMIN, at=AT)
    said = contents([draft.pk])[draft.pk]
    opened = draft.content_sha256
    save_draft(procedure.pk, replace(said, place_text="Tầng 1"), expected=opened, by=ADMIN, at=AT)
    with pytest.raises(Refused) as caught:
        save_draft(procedure.pk, replace(said, place_text="Tầng 2"), expected=opened, by=ADMIN, at=AT)
    assert "người khác lưu" in caught.value.what
    kept = draft_of(procedure.pk)
    assert kept is not None and kept.place_text == "Tầng 1"


def test_a_draft_can_be_thrown_away_with_everything_in_it() -> None:
    procedure = a_published()
    start_draft(procedure.pk, by=ADMIN, at=AT)
    drop_draft(procedure.pk, by=ADMIN, at=AT)
    assert draft_of(procedure.pk) is None
    assert ProcedureCase.objects.count() == 1
    with pytest.raises(Refused):
        drop_draft(procedure.pk, by=ADMIN, at=AT)


def test_publishing_names_the_parts_that_the_decree_asks_for_and_are_missing() -> None:
    version = create_procedure("1.1", "Nội vụ", a_content(results=(), subjects=()), by=ADMIN, at=AT)
    with pytest.raises(Refused) as caught:
        publish([version.procedure_id], DECISION, by=ADMIN, at=AT)
    assert caught.value.what == "Bản thảo thiếu: đối tượng thực hiện, kết quả."
    assert caught.value.article == "NĐ 63/2010, Điều 8.2"


@pytest.mark.parametrize(
    ("decision", "word"),
    [
        (Decision("", "UBND", date(2026, 1, 1), date(2026, 1, 1)), "số quyết định"),
        (Decision("1/QĐ", "UBND", date(2027, 1, 1), date(2027, 1, 1)), "tương lai"),
        (Decision("1/QĐ", "UBND", date(2026, 3, 1), date(2026, 2, 1)), "trước ngày ký"),
        (Decision("1/QĐ", "UBND", date(2025, 3, 1), date(2025, 3, 1)), "muộn hơn"),
    ],
)
def test_a_decision_that_cannot_be_is_refused(decision: Decision, word: str) -> None:
    procedure = a_published()
    start_draft(procedure.pk, by=ADMIN, at=AT)
    with pytest.raises(Refused) as caught:
        publish([procedure.pk], decision, by=ADMIN, at=AT)
    assert word in caught.value.sentence()


def test_an_amendment_must_say_what_it_changes() -> None:
    procedure = a_published()
    start_draft(procedure.pk, by=ADMIN, at=AT)
    with pytest.raises(Refused):
        amend([procedure.pk], LATER, " ", by=ADMIN, at=AT)


def test_abolishing_ends_it_on_the_day_and_the_status_follows_when_the_day_comes() -> None:
    procedure = a_published()
    abolish([procedure.pk], LATER, by=ADMIN, at=AT, why="Luật mới")
    assert version_in_force(procedure.pk, date(2026, 11, 30)) is not None
    assert version_in_force(procedure.pk, date(2026, 12, 1)) is None
    assert Procedure.objects.get(pk=procedure.pk).status == "PUBLIC"
    assert settle_statuses(by=SYSTEM, at=datetime(2026, 11, 30, 1, tzinfo=LEGAL_ZONE)) == 0
    assert settle_statuses(by=SYSTEM, at=datetime(2026, 12, 1, 1, tzinfo=LEGAL_ZONE)) == 1
    assert settle_statuses(by=SYSTEM, at=datetime(2026, 12, 2, 1, tzinfo=LEGAL_ZONE)) == 0
    assert Procedure.objects.get(pk=procedure.pk).status == "ABOLISHED"
    with pytest.raises(Refused):
        abolish([procedure.pk], LATER, by=ADMIN, at=AT)


def test_replacing_needs_a_published_successor_and_names_it() -> None:
    old, new = a_published("1.1", "Cũ"), create_procedure("1.2", "Nội vụ", a_content("Mới"), by=ADMIN, at=AT)
    today = Decision("100/QĐ-UBND", "UBND tỉnh", date(2026, 11, 19), date(2026, 11, 20))
    with pytest.raises(Refused):
        replace_procedures({old.pk: new.procedure_id}, today, by=ADMIN, at=AT)
    with pytest.raises(Refused):
        replace_procedures({old.pk: old.pk}, today, by=ADMIN, at=AT)
    publish([new.procedure_id], today, by=ADMIN, at=AT)
    replace_procedures({old.pk: new.procedure_id}, today, by=ADMIN, at=AT)
    item = DecisionItem.objects.get(procedure=old, action="THAY_THE")
    assert item.replaced_by_id == new.procedure_id
    assert Procedure.objects.get(pk=old.pk).status == "REPLACED"


def test_publishing_many_takes_as_many_statements_as_publishing_one(django_assert_max_num_queries) -> None:
    ids = [
        create_procedure(f"2.{n}", "Nội vụ", a_content(f"Thủ tục {n}"), by=ADMIN, at=AT).procedure_id
        for n in range(25)
    ]
    with django_assert_max_num_queries(16):
        publish(ids, DECISION, by=ADMIN, at=AT)
    assert ProcedureVersion.objects.filter(state="PUBLISHED").count() == 25


def test_every_act_leaves_a_row_in_the_audit_log() -> None:
    procedure = a_published()
    start_draft(procedure.pk, by=ADMIN, at=AT)
    verbs = list(
        AuditEntry.objects.filter(object_kind="procedures.procedure", object_id=procedure.pk).values_list(
            "verb", flat=True
        )
    )
    assert verbs == ["create", "publish", "start_draft"]


def test_markup_and_statements_in_a_name_are_only_words() -> None:
    name = "<script>alert(1)</script>'; DROP TABLE procedures_procedure; --"
    procedure = a_published("9.1", name, results=(ResultLine(name),))
    version = version_in_force(procedure.pk, date(2026, 2, 1))
    assert version is not None and contents([version.pk])[version.pk].results[0].name == name
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM procedures_procedure")
        assert cursor.fetchone() == (1,)
