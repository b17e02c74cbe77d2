"""Dossiers through processes with branches, joins and rework: what opens, what is set aside, who is asked."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from congvu.dossiers.actions.complete_step import complete_step
from congvu.dossiers.actions.finish import finish
from congvu.dossiers.actions.hand_over import hand_over
from congvu.dossiers.models import DossierStep, StepState
from congvu.dossiers.queries.offers import road
from congvu.dossiers.rules.steps import OPEN, Road
from congvu.dossiers.tests.conftest import Office
from congvu.dossiers.tests.make import Place, a_place, at
from congvu.foundation.audit.models import AuditEntry
from congvu.foundation.refusal import Refused
from congvu.procedures.actions.write_process import write_draft
from congvu.procedures.models import ProcessVersion
from congvu.procedures.rules.process.conditions import Condition
from congvu.procedures.rules.process.facts import Labels
from congvu.procedures.rules.process.graph import Agency, Branch, Process, Step

pytestmark = pytest.mark.django_db
MORNING = at("2026-11-20 08:30")


def step(
    key: str, name: str, agency: Agency, role: str, *to: Branch, term: str = "1", labels: Labels = ()
) -> Step:
    return Step(key, name, agency, role, term_n=Decimal(term), branches=to, labels=labels)


def to(*keys: str) -> Branch:
    return Branch(keys)


@pytest.fixture
def place() -> Place:
    return branching(a_place())


def branching(made: Place) -> Place:
    """Appraisal may send the dossier to the police, to the chairman at once, or be done anew after the police."""
    here, decides = Agency("RECEIVER"), Agency("COMPETENT")
    police, chairman = Agency("FIXED", made.police.pk), Agency("FIXED", made.province.pk)
    again = Branch(("tham-dinh",), (Condition("y_kien", "=", "thiếu"),), back=True, max_rounds=1)
    graph = Process(
        (
            step("nhan", "Tiếp nhận", here, "RECEIVE", to("tham-dinh")),
            step(
                "tham-dinh", "Thẩm định", decides, "LEAD",
                Branch(("gop-y",), (Condition("ket_luan", "=", "cần xác minh"),)), to("ky"), term="2",
                labels=(("ket_luan", "Kết luận thẩm định"),),
            ),
            step("gop-y", "Xác minh", police, "COOPERATE", again, to("ky")),
            replace(step("ky", "Ký quyết định", chairman, "SIGN", to("tra")), join="ANY"),
            step("tra", "Trả kết quả", here, "RETURN"),
        )
    )  # fmt: skip
    ProcessVersion.objects.filter(procedure=made.version.procedure).update(valid_to=date(2026, 11, 1))
    draft = write_draft(made.version.procedure, graph, at=MORNING, total_hours=None, source="thử")
    ProcessVersion.objects.filter(pk=draft.pk).update(
        state="PUBLISHED", valid_from=date(2026, 11, 1), published_at=MORNING
    )
    return made


def handled(place: Place) -> int:
    """A dossier at the appraisal."""
    made = place.received("2026-11-20 08:00")
    hand_over([made.id], by=place.clerk, at=MORNING).only()
    return made.id


def held(dossier: int) -> list[tuple[str, int, int]]:
    """(name, round, state) of the steps the dossier came to."""
    steps = DossierStep.objects.filter(dossier_id=dossier).order_by("id")
    return list(steps.values_list("name", "round", "state"))


def test_the_recorded_fact_decides_the_branch_and_is_kept(place: Place) -> None:
    one = handled(place)
    complete_step([one], facts={"ket_luan": "cần xác minh"}, by=place.specialist, at=MORNING).only()
    assert held(one)[-1] == ("Xác minh", 1, StepState.OPEN)
    kept = DossierStep.objects.get(dossier_id=one, name="Thẩm định")
    assert (kept.branch, kept.facts, kept.state) == (0, {"ket_luan": "cần xác minh"}, StepState.DONE)
    assert AuditEntry.objects.filter(object_kind="dossier", object_id=one, verb="complete_step").count() == 1


def test_the_other_answer_takes_the_other_way(place: Place) -> None:
    one = handled(place)
    complete_step([one], facts={"ket_luan": "đạt"}, by=place.specialist, at=MORNING).only()
    assert [name for name, _, _ in held(one)] == ["Tiếp nhận", "Thẩm định", "Ký quyết định"]
    finish([one], by=place.chairman, at=MORNING).only()
    assert held(one)[-1] == ("Trả kết quả", 1, StepState.OPEN)


def test_rework_sets_the_old_round_aside_and_opens_a_new_one_with_its_own_clock(place: Place) -> None:
    one = handled(place)
    complete_step([one], facts={"ket_luan": "cần xác minh"}, by=place.specialist, at=MORNING).only()
    complete_step([one], facts={"y_kien": "thiếu"}, by=place.police_officer, at=MORNING).only()
    assert held(one) == [
        ("Tiếp nhận", 1, StepState.DONE), ("Thẩm định", 1, StepState.SET_ASIDE), ("Xác minh", 1, StepState.SET_ASIDE),
        ("Thẩm định", 2, StepState.OPEN),
    ]  # fmt: skip
    anew = DossierStep.objects.get(dossier_id=one, name="Thẩm định", round=2)
    assert anew.due_on == date(2026, 11, 25), "two working days from Friday; the 24th is a holiday"
    aside = DossierStep.objects.get(dossier_id=one, name="Thẩm định", round=1)
    assert aside.done_by == place.specialist.account_id, "who did it the first time is still known"


def test_rework_beyond_its_rounds_is_refused_and_nothing_changes(place: Place) -> None:
    one = handled(place)
    for _ in range(1):
        complete_step([one], facts={"ket_luan": "cần xác minh"}, by=place.specialist, at=MORNING).only()
        complete_step([one], facts={"y_kien": "thiếu"}, by=place.police_officer, at=MORNING).only()
    complete_step([one], facts={"ket_luan": "cần xác minh"}, by=place.specialist, at=MORNING).only()
    before = held(one)
    with pytest.raises(Refused, match="tối đa"):
        complete_step([one], facts={"y_kien": "thiếu"}, by=place.police_officer, at=MORNING).only()
    assert held(one) == before
    complete_step([one], facts={"y_kien": "đủ"}, by=place.police_officer, at=MORNING).only()
    assert held(one)[-1] == ("Ký quyết định", 1, StepState.OPEN)


def test_a_set_is_judged_one_by_one_and_told_so(place: Place, django_assert_num_queries) -> None:  # type: ignore[no-untyped-def]
    ids = [handled(place) for _ in range(5)]
    complete_step(ids[:1], facts={"ket_luan": "đạt"}, by=place.specialist, at=MORNING).only()
    with django_assert_num_queries(2):
        outcome = complete_step(ids, facts={"ket_luan": "đạt"}, by=place.specialist, at=MORNING)
    assert [one.dossier_id for one in outcome.done] == ids[1:]
    assert [one.dossier_id for one in outcome.refused] == ids[:1]


def test_a_step_asks_for_what_the_process_branches_by(place: Place) -> None:
    process = ProcessVersion.objects.get(procedure=place.version.procedure, valid_to=None)
    (asked,) = road(process.pk).asks(2)
    assert (asked.fact, asked.label, asked.values, asked.others) == (
        "ket_luan", "Kết luận thẩm định", ("cần xác minh",), True,
    )  # fmt: skip
    assert asked.ways == "Kết luận thẩm định = cần xác minh → Xác minh; còn lại → Ký quyết định"
    assert road(process.pk).asks(1) == ()


def test_the_form_offers_the_answers_and_will_not_go_on_without_one(office: Office) -> None:
    place = branching(office.place)
    made = place.received("2026-11-20 08:00")
    hand_over([made.id], by=place.clerk, at=MORNING).only()
    client, page = office.enter(place.specialist), f"/ho-so/{made.code}/viec/chuyen-buoc/"
    shown = client.get(page).content.decode()
    assert "Kết luận thẩm định" in shown and "cần xác minh" in shown and "khác" in shown
    silent = client.post(page, {"note": "Đã đọc kỹ"})
    assert silent.status_code == 422 and "Đã đọc kỹ" in silent.content.decode(), "nothing typed is lost"
    assert client.post(page, {"note": "", "dk-ket_luan": "cần xác minh"}).status_code == 302
    assert held(made.id)[-1] == ("Xác minh", 1, StepState.OPEN)
    told = client.get(f"/ho-so/{made.code}/").content.decode()
    said = "Kết luận thẩm định: cần xác minh"
    assert said in told.split('id="di"')[1].split("</section>")[0], "on its way"
    assert said in told.split('id="ls"')[1].split("</section>")[0], "in its history"
    assert said not in client.get(f"/tra-cuu/?ma={made.code}").content.decode(), "officials only"


def test_a_way_that_leads_nowhere_is_refused_not_taken() -> None:
    here = Agency("RECEIVER")
    graph = Process(
        (
            step("a", "Thẩm định", here, "LEAD", Branch(("b",), (Condition("x", "=", "1"),)), to("c")),
            step("b", "Xác minh", here, "LEAD", to("c")),
            step("c", "Ký", here, "SIGN"),
        )
    )
    with pytest.raises(Refused, match="không có lối đi tiếp"):
        Road(graph).complete(((1, 1, OPEN, None),), 1, {"x": "2"})
