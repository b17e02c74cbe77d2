"""Corrections by decision: a later paper names the wrong one, both stay visible, and "as known on" tells what was believed."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.db import DatabaseError, transaction

from congvu.foundation.audit.models import AuditEntry
from congvu.foundation.identity.actor import SYSTEM
from congvu.foundation.refusal import Refused
from congvu.organisation.tests.make import a_unit
from congvu.people.actions.appoint import move
from congvu.people.actions.correct import add_part
from congvu.people.actions.correct_line import Line, correct_part, correct_post, correct_step
from congvu.people.actions.correcting import Ground
from congvu.people.actions.enter import Step
from congvu.people.actions.papers import Paper, add_paper
from congvu.people.actions.recording import Decision
from congvu.people.actions.salary import give_step
from congvu.people.models import Appointment, Correction, FilePart, SalaryStep
from congvu.people.queries.present import present
from congvu.people.rules.codes import CONCURRENT
from congvu.people.tests.make import AT, PAPER, a_person, post

pytestmark = pytest.mark.django_db
MOVE = Decision("20/QĐ-SNV", date(2025, 6, 25))
LATER = AT + timedelta(days=3)


def ground(corrected: str = MOVE.number, **more: Any) -> Ground:
    given = {"decision": Decision("99/QĐ-SNV", date(2026, 11, 20)), "reason": "Ghi nhầm đơn vị", **more}
    return Ground(corrected=corrected, **given)


@pytest.fixture
def moved(actors: Any) -> tuple[Any, Any]:
    """Someone moved to a department on 1/7/2025 by the decision MOVE."""
    works = a_unit("H98.16", "Sở Xây dựng", actors.province)
    made = a_person(actors.home)
    move([(made.pk, post(works, valid_from=date(2025, 7, 1)))], decision=MOVE, by=SYSTEM, at=AT)
    return made, works


def now() -> Any:
    return Appointment.objects.filter(superseded_at=None).order_by("valid_from")


def test_a_wrong_post_is_put_right_and_what_was_believed_stays_known(actors: Any, moved: Any) -> None:
    made, works = moved
    right = a_unit("H98.17", "Sở Y tế", actors.province)
    wrong = now().last()
    fixed = post(right, "Chuyên viên chính", valid_from=date(2025, 8, 1))
    row = correct_post(made.pk, wrong.pk, fixed, ground=ground(), by=SYSTEM, at=LATER)
    assert "Sở Xây dựng" in row.was and "Sở Y tế" in row.became and row.corrected == "20/QĐ-SNV"
    first, second = now()
    assert (first.valid_to, second.valid_from, second.unit_id) == (
        date(2025, 8, 1),
        date(2025, 8, 1),
        right.pk,
    )
    assert second.decision_number == "20/QĐ-SNV"  # the post rests on its own decision still
    assert present(None, LATER.date()) == {right.pk: {"cong_chuc": 1}}
    assert present(None, LATER.date(), known_at=AT) == {works.pk: {"cong_chuc": 1}}


def test_a_post_that_never_was_is_struck_out_and_the_one_before_holds_on(actors: Any, moved: Any) -> None:
    made, _ = moved
    row = correct_post(made.pk, now().last().pk, None, ground=ground(), by=SYSTEM, at=LATER)
    (only,) = now()
    assert (only.unit_id, only.valid_to, only.ending) == (actors.home.pk, None, "")
    assert row.new_id is None and row.became == ""


def test_a_correction_never_makes_two_full_posts(actors: Any, moved: Any) -> None:
    made, works = moved
    first = now().first()
    with pytest.raises(Refused, match="đang giữ một vị trí chuyên trách"):
        correct_post(made.pk, first.pk, post(actors.home), ground=ground("15/QĐ-SNV"), by=SYSTEM, at=LATER)
    earlier = post(works, valid_from=date(2021, 1, 1))
    with pytest.raises(Refused, match="không sau vị trí này"):
        correct_post(made.pk, now().last().pk, earlier, ground=ground(), by=SYSTEM, at=LATER)
    assert not Correction.objects.exists()


@pytest.mark.parametrize(
    ("given", "said"),
    [
        (ground("21/QĐ-SNV"), "Dòng này ghi theo 20/QĐ-SNV"),
        (ground(decision=Decision("20/QĐ-SNV")), "phải khác"),
        (ground(decision=Decision("99/QĐ-SNV", date(2025, 6, 1))), "ký trước"),
        (ground(decision=Decision("")), "Thiếu số"),
        (ground(reason=" "), "Chưa ghi lý do"),
        (ground(""), "bị đính chính"),
    ],
)
def test_a_correction_rests_on_a_later_decision_that_names_the_wrong_one(
    moved: Any, given: Ground, said: str
) -> None:
    with pytest.raises(Refused, match=said):
        correct_post(moved[0].pk, now().last().pk, None, ground=given, by=SYSTEM, at=LATER)


def test_a_wrong_step_is_put_right_and_its_neighbour_follows(actors: Any) -> None:
    made = a_person(actors.home, salary=Step("01.003", 3, date(2023, 1, 1)))
    give_step({made.pk: Step("01.003", 5, date(2026, 1, 1))}, decision=MOVE, by=SYSTEM, at=AT)
    wrong = SalaryStep.objects.get(superseded_at=None, step=5)
    correct_step(made.pk, wrong.pk, Step("01.003", 4, date(2026, 2, 1)), ground=ground(), by=SYSTEM, at=LATER)
    third, fourth = SalaryStep.objects.filter(superseded_at=None).order_by("valid_from")
    assert (third.step, third.valid_to) == (3, date(2026, 2, 1))
    assert (fourth.step, fourth.next_due) == (4, date(2029, 2, 1))
    with pytest.raises(Refused, match="Bậc trước bắt đầu"):
        correct_step(
            made.pk, fourth.pk, Step("01.003", 4, date(2022, 2, 1)), ground=ground(), by=SYSTEM, at=LATER
        )
    correct_step(made.pk, fourth.pk, None, ground=ground(), by=SYSTEM, at=LATER)
    assert SalaryStep.objects.get(superseded_at=None).valid_to is None


def test_a_training_and_a_paper_are_put_right_and_a_sensitive_one_is_not_told(actors: Any) -> None:
    made = a_person(actors.home)
    training = add_part(made.pk, "training", "qlnn", "Lớp chuyên viên", by=SYSTEM, at=AT)
    correct_part(
        made.pk, training.pk, Line("qlnn", "Lớp chuyên viên chính"), ground=ground("Chứng chỉ số 5"), by=SYSTEM, at=LATER
    )  # fmt: skip
    assert FilePart.objects.get(superseded_at=None).title == "Lớp chuyên viên chính"
    health = add_paper(made.pk, Paper("suc_khoe", "Kết quả khám tim", "7/GKSK"), by=SYSTEM, at=AT)
    row = correct_part(made.pk, health.pk, None, ground=ground("7/GKSK"), by=SYSTEM, at=LATER)
    assert row.sensitive
    assert not AuditEntry.objects.filter(after__icontains="7/GKSK").exists()
    with pytest.raises(Refused, match="vừa được sửa"):
        correct_part(made.pk, health.pk, None, ground=ground("7/GKSK"), by=SYSTEM, at=LATER)


def test_the_ledger_of_corrections_only_grows(moved: Any) -> None:
    row = correct_post(moved[0].pk, now().last().pk, None, ground=ground(), by=SYSTEM, at=LATER)
    with pytest.raises(DatabaseError, match="không được sửa"), transaction.atomic():
        Correction.objects.filter(pk=row.pk).update(was="")


def test_both_lines_are_shown_on_the_pages_and_a_day_before_shows_the_wrong_one_alone(
    actors: Any, visit: Any, moved: Any, frozen_clock: Any
) -> None:
    made, works = moved
    keeper = visit(actors.personnel)
    frozen_clock.move_to(frozen_clock.now.replace(day=23))
    where = f"/nhan-su/{made.number}/"
    form = f"{where}ho-so/sua/vi-tri/{now().last().pk}/"
    shown = keeper.get(form).content.decode()
    assert "20/QĐ-SNV" in shown and "01/07/2025" in shown
    typed = {
        "unit_id": works.pk, "position": "Phó Trưởng phòng", "pool": "cong_chuc", "kind": "full", "since": "1/7/2025",
        "decision": "99/QĐ-SNV", "corrected": "20/QĐ-SNV", "reason": "",
    }  # fmt: skip
    refused = keeper.post(form, typed)
    assert refused.status_code == 422 and "Phó Trưởng phòng" in refused.content.decode()
    assert keeper.post(form, {**typed, "reason": "Ghi nhầm chức vụ"}).status_code == 302
    page = keeper.get(where).content.decode()
    assert "Phó Trưởng phòng" in page and "<del>Chuyên viên, Sở Xây dựng" in page and "99/QĐ-SNV" in page
    before = keeper.get(f"{where}?biet-den=22/11/2026").content.decode()
    assert "Phó Trưởng phòng" not in before and "99/QĐ-SNV" not in before
    assert visit(actors.leader).get(form).status_code == 403


def test_a_line_is_struck_out_by_form_without_its_other_fields(actors: Any, visit: Any) -> None:
    made = a_person(actors.home, salary=Step("01.003", 3, date(2023, 1, 1)))
    keeper = visit(actors.personnel)
    form = f"/nhan-su/{made.number}/ho-so/sua/bac-luong/{SalaryStep.objects.get().pk}/"
    assert keeper.get(form).status_code == 200
    bad = keeper.post(form, {"viec": "huy", "decision": "99/QĐ-SNV", "corrected": PAPER.number, "reason": ""})
    assert bad.status_code == 422 and "Chưa nhập điều sai" in bad.content.decode()
    sent = {
        "viec": "huy",
        "decision": "99/QĐ-SNV",
        "corrected": PAPER.number,
        "reason": "Không có quyết định này",
    }
    assert keeper.post(form, sent).status_code == 302
    assert not SalaryStep.objects.filter(superseded_at=None).exists()
    assert "Hủy dòng này" in keeper.get(f"/nhan-su/{made.number}/ho-so/").content.decode()


def test_the_only_post_is_put_right_never_struck_out(actors: Any) -> None:
    made = a_person(actors.home)
    with pytest.raises(Refused, match="không còn vị trí nào"):
        correct_post(made.pk, now().get().pk, None, ground=ground(PAPER.number), by=SYSTEM, at=LATER)
    assert now().count() == 1


FREED: list[Any] = []


def guard(gained: Any, freed: Any, day: date) -> dict[int, Refused]:
    """Named in the settings by the test below."""
    FREED.append(freed)
    return {}


def test_a_post_beside_that_becomes_a_full_one_frees_no_place_by_it(actors: Any, settings: Any) -> None:
    settings.POSTS_GUARDS = (f"{__name__}.guard",)
    made = a_person(actors.home, posts=(post(actors.home, kind=CONCURRENT),))
    FREED.clear()
    correct_post(made.pk, now().get().pk, post(actors.home), ground=ground(PAPER.number), by=SYSTEM, at=LATER)
    full = now().get()
    correct_post(
        made.pk, full.pk, post(actors.home, "Phó Trưởng phòng"), ground=ground(PAPER.number, decision=Decision("100/QĐ")),
        by=SYSTEM, at=LATER + timedelta(days=1),
    )  # fmt: skip
    assert [[], [(actors.home.pk, "cong_chuc")]] == FREED
