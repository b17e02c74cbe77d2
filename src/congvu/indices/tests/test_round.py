"""A round from the self-score to publication: who writes when, what is refused, what is frozen."""

from datetime import date
from fractions import Fraction

import pytest
from django.db import DatabaseError, connection, transaction
from django.test.utils import CaptureQueriesContext

from congvu.foundation.audit.models import AuditEntry
from congvu.foundation.clock import LEGAL_ZONE
from congvu.foundation.refusal import Refused
from congvu.indices.actions.draft_set import approve_set, change_set, draft_set
from congvu.indices.actions.move_sheet import move_sheets
from congvu.indices.actions.open_round import set_deadlines
from congvu.indices.actions.publish_round import publish_round
from congvu.indices.actions.write_sheet import BadCells, Typed, write_sheet
from congvu.indices.models import Criterion, Entry, Round, Sheet
from congvu.indices.queries.results import digest, document, table_of
from congvu.indices.rules.sets import read_table
from congvu.indices.tests.make import AT, SMALL, a_round, a_set, heading

pytestmark = pytest.mark.django_db
OWN = {"1.1": Typed("có"), "1.2": Typed("46/50"), "2.1": Typed("1,75")}
APPRAISED = {"1.1": Typed("="), "1.2": Typed("="), "2.1": Typed("1"), "2.2": Typed("0 0 0 50 50")}


@pytest.fixture
def one(actors):  # type: ignore[no-untyped-def]
    return a_round(a_set(), [actors.home])


@pytest.fixture
def sheet(one: Round) -> Sheet:
    return Sheet.objects.get(round=one)


def through(sheet: Sheet, actors) -> None:  # type: ignore[no-untyped-def]
    """From the self-score to the council."""
    officer, appraiser = actors.specialist.actor, actors.personnel.actor
    write_sheet(sheet.pk, OWN, by=officer, at=AT)
    move_sheets([sheet.pk], "submit", by=officer, at=AT)
    write_sheet(sheet.pk, APPRAISED, by=appraiser, at=AT)
    move_sheets([sheet.pk], "tell", by=appraiser, at=AT)
    write_sheet(sheet.pk, {"2.1": Typed("", "Có hai sáng kiến được công nhận")}, by=officer, at=AT)
    move_sheets([sheet.pk], "explain", by=officer, at=AT)
    write_sheet(sheet.pk, {"2.1": Typed("1,5")}, by=appraiser, at=AT)
    move_sheets([sheet.pk], "to_council", by=appraiser, at=AT)


def test_a_round_goes_from_the_self_score_to_publication_and_stays(one, sheet, actors) -> None:  # type: ignore[no-untyped-def]
    through(sheet, actors)
    done = publish_round(one.pk, "99/QĐ-UBND", by=actors.auditor.actor, at=AT)
    table = table_of(done, list(Sheet.objects.filter(round=one)))
    row = table.rows[0]
    # 1 + 46/50 × 3 + 1,5 + (0,75 + 1)/2 × 4 = 8,76 of 10
    assert (row.result.points, row.result.counted, row.rank, row.band) == (Fraction(876, 100), 10, 1, "khá")
    assert digest(document(table, done)) == done.sha256
    assert publish_round(one.pk, "khác", by=actors.auditor.actor, at=AT).decision_number == "99/QĐ-UBND"
    for change in (
        lambda: Round.objects.filter(pk=one.pk).update(content="{}"),
        lambda: Sheet.objects.filter(round=one).update(state="self"),
        lambda: Entry.objects.filter(sheet=sheet).update(text="kps"),
        lambda: Entry.objects.create(sheet=sheet, criterion=Criterion.objects.all()[1], column="self", text="", at=AT, by="x"),
        lambda: Criterion.objects.filter(set=one.set).update(maximum=9),
    ):  # fmt: skip
        with pytest.raises(DatabaseError), transaction.atomic():
            change()


def test_nothing_is_published_before_every_sheet_is_through_the_council(one, sheet, actors) -> None:  # type: ignore[no-untyped-def]
    with pytest.raises(Refused, match="chưa qua hội đồng"):
        publish_round(one.pk, "99/QĐ-UBND", by=actors.auditor.actor, at=AT)
    with pytest.raises(Refused, match="lãnh đạo"):
        publish_round(one.pk, "99/QĐ-UBND", by=actors.leader.actor, at=AT)


def test_a_score_above_its_maximum_is_refused_beside_its_cell_and_nothing_is_written(sheet, actors) -> None:  # type: ignore[no-untyped-def]
    typed = {"1.1": Typed("có"), "1.2": Typed("51/50"), "2.1": Typed("2,25")}
    with pytest.raises(BadCells) as said:
        write_sheet(sheet.pk, typed, by=actors.specialist.actor, at=AT)
    assert said.value.problems == {
        "1.2": "Tử số 51 lớn hơn mẫu số 50. Xem lại hai số.",
        "2.1": "Điểm 2,25 cao hơn điểm tối đa 2. Ghi điểm không quá điểm tối đa.",
    }
    assert not Entry.objects.exists()


def test_each_step_is_written_by_whom_it_belongs_to_and_nobody_appraises_themselves(
    sheet, actors, make_person
) -> None:  # type: ignore[no-untyped-def]
    with pytest.raises(Refused, match="đơn vị được chấm"):
        write_sheet(sheet.pk, OWN, by=actors.personnel.actor, at=AT)
    both = make_person("leader", actors.province, username="ca.hai").actor
    write_sheet(sheet.pk, OWN, by=both, at=AT)
    move_sheets([sheet.pk], "submit", by=both, at=AT)
    with pytest.raises(Refused, match="cơ quan thẩm định"):
        write_sheet(sheet.pk, APPRAISED, by=actors.specialist.actor, at=AT)
    with pytest.raises(Refused, match="đã tự chấm"):
        write_sheet(sheet.pk, APPRAISED, by=both, at=AT)


def test_a_missing_group_of_respondents_holds_the_sheet(sheet, actors) -> None:  # type: ignore[no-untyped-def]
    officer, appraiser = actors.specialist.actor, actors.personnel.actor
    write_sheet(sheet.pk, OWN, by=officer, at=AT)
    move_sheets([sheet.pk], "submit", by=officer, at=AT)
    write_sheet(sheet.pk, {**APPRAISED, "2.2": Typed("0 0 0 0 0")}, by=appraiser, at=AT)
    with pytest.raises(Refused, match="thiếu trả lời của nhóm người dân"):
        move_sheets([sheet.pk], "tell", by=appraiser, at=AT)


def test_a_deadline_locks_its_step_until_it_is_moved_and_the_move_is_logged(one, sheet, actors) -> None:  # type: ignore[no-untyped-def]
    keeper = actors.personnel.actor
    set_deadlines(one.pk, {"self": date(2026, 11, 19)}, by=keeper, at=AT)
    with pytest.raises(Refused, match="Đã hết hạn"):
        write_sheet(sheet.pk, OWN, by=actors.specialist.actor, at=AT)
    set_deadlines(one.pk, {"self": date(2026, 11, 30)}, by=keeper, at=AT)
    assert write_sheet(sheet.pk, OWN, by=actors.specialist.actor, at=AT) == 3
    log = AuditEntry.objects.filter(verb="indices.set_deadlines").order_by("pk").last()
    assert (log.before, log.after) == ({"Tự chấm": "2026-11-19"}, {"Tự chấm": "2026-11-30"})
    with pytest.raises(Refused, match="trước hạn"):
        set_deadlines(one.pk, {"self": date(2026, 12, 2), "appraisal": date(2026, 12, 1)}, by=keeper, at=AT)


def test_every_change_is_logged_with_what_stood_there_and_the_same_again_writes_nothing(
    sheet, actors
) -> None:  # type: ignore[no-untyped-def]
    officer = actors.specialist.actor
    assert write_sheet(sheet.pk, OWN, by=officer, at=AT) == 3
    assert write_sheet(sheet.pk, OWN, by=officer, at=AT) == 0
    write_sheet(sheet.pk, {"2.1": Typed("2", "thêm một sáng kiến")}, by=officer, at=AT)
    log = AuditEntry.objects.filter(verb="indices.write_sheet").order_by("pk").last()
    assert (log.before, log.after) == ({"2.1": "1,75"}, {"2.1": "2 (thêm một sáng kiến)"})
    assert list(
        Entry.objects.filter(criterion__code="2.1").order_by("pk").values_list("text", flat=True)
    ) == ["1,75", "2"]


def test_a_set_that_does_not_add_up_is_drafted_but_not_approved(actors) -> None:  # type: ignore[no-untyped-def]
    keeper = actors.personnel.actor
    wrong = SMALL.replace("2; Tác động; 6", "2; Tác động; 7")
    made = draft_set(heading(), read_table(wrong).nodes, by=keeper, at=AT)
    with pytest.raises(Refused, match="cộng lại 11 điểm, thang của bộ là 10"):
        approve_set(made.pk, "01/QĐ-UBND", None, by=keeper, at=AT)
    change_set(made.pk, heading(), read_table(SMALL).nodes, by=keeper, at=AT)
    approve_set(made.pk, "01/QĐ-UBND", None, by=keeper, at=AT)
    with pytest.raises(Refused, match="đã phê duyệt"):
        change_set(made.pk, heading(), read_table(SMALL).nodes, by=keeper, at=AT)


def test_two_units_with_the_same_result_share_a_rank(actors) -> None:  # type: ignore[no-untyped-def]
    one = a_round(a_set(), [actors.home, actors.centre], outside=["Bộ Thử"], pilot="QĐ 1294/QĐ-BNV")
    for sheet in Sheet.objects.filter(round=one, unit__isnull=False):
        leader = actors.auditor.actor
        for code, typed in OWN.items():
            Entry.objects.create(
                sheet=sheet, criterion=Criterion.objects.get(set=one.set, code=code), column="self", text=typed.text, at=AT,
                by=leader.name,
            )  # fmt: skip
    rows = table_of(one, list(Sheet.objects.filter(round=one))).rows
    assert [(row.sheet.code, row.rank) for row in rows] == [("H98.08", 1), ("H98.01", 1), ("N01", None)]


def test_reading_a_board_does_not_grow_with_its_sheets(actors, django_assert_num_queries) -> None:  # type: ignore[no-untyped-def]
    one = a_round(a_set(), [actors.home, actors.centre])
    with CaptureQueriesContext(connection) as few:
        table_of(one, list(Sheet.objects.filter(round=one)))
    assert len(few) == 3
    assert AT.tzinfo is LEGAL_ZONE


def test_who_is_only_named_is_scored_by_those_who_keep_the_round_and_published(actors, make_person) -> None:  # type: ignore[no-untyped-def]
    one = a_round(a_set(), [], outside=["Bộ Thử"])
    sheet = Sheet.objects.get(round=one)
    first = actors.personnel.actor
    other = make_person("personnel", actors.province, username="noi.vu.hai").actor
    with pytest.raises(Refused, match="đơn vị được chấm"):
        write_sheet(sheet.pk, OWN, by=actors.specialist.actor, at=AT)
    write_sheet(sheet.pk, OWN, by=first, at=AT)
    move_sheets([sheet.pk], "submit", by=first, at=AT)
    write_sheet(sheet.pk, APPRAISED, by=other, at=AT)
    move_sheets([sheet.pk], "tell", by=other, at=AT)
    move_sheets([sheet.pk], "explain", by=first, at=AT)
    move_sheets([sheet.pk], "to_council", by=other, at=AT)
    assert publish_round(one.pk, "99/QĐ-UBND", by=actors.auditor.actor, at=AT).published_at == AT


def test_to_lead_one_unit_does_not_let_a_clerk_of_another_score_it(sheet, actors, make_person) -> None:  # type: ignore[no-untyped-def]
    from congvu.indices.access import may_write
    from congvu.organisation.queries import picture

    mixed = make_person("leader", actors.centre, username="ca.hai").actor
    assert may_write(mixed, actors.home.pk, "self", AT.date(), picture())
    assert not may_write(mixed, actors.centre.pk, "self", AT.date(), picture())
    chief = make_person("leader", actors.province, username="ca.ba").actor
    assert not may_write(chief, actors.home.pk, "self", AT.date(), picture())


def test_nothing_is_moved_out_of_a_published_round_or_an_approved_set(one, sheet, actors) -> None:  # type: ignore[no-untyped-def]
    through(sheet, actors)
    publish_round(one.pk, "99/QĐ-UBND", by=actors.auditor.actor, at=AT)
    draft = draft_set(heading("2027"), [], by=actors.personnel.actor, at=AT)
    later = Round.objects.create(
        set=one.set, name="sau", first=date(2027, 1, 1), last=date(2027, 12, 31), opened_at=AT, opened_by="x"
    )  # fmt: skip
    for change in (
        lambda: Sheet.objects.filter(pk=sheet.pk).update(round=later),
        lambda: Criterion.objects.filter(set=one.set, code="1.1").update(set=draft),
    ):
        with pytest.raises(DatabaseError), transaction.atomic():
            change()
    assert Sheet.objects.create(round=later, code="N01", name="Bộ Thử", state="self").pk
