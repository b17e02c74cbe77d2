"""Moving running dossiers to a new version, and taking the move back."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from congvu.dossiers.actions.ask_opinion import ask_opinion
from congvu.dossiers.actions.complete_step import complete_step
from congvu.dossiers.actions.hand_over import hand_over
from congvu.dossiers.actions.intake import PaperIn, Person
from congvu.dossiers.actions.move_version import move_version, undo_move
from congvu.dossiers.actions.outcome import Outcome
from congvu.dossiers.actions.request_supplement import request_supplement
from congvu.dossiers.actions.version_plan import Plan, Side, asks_of
from congvu.dossiers.actions.version_rows import MoveDecision
from congvu.dossiers.actions.write_notices import write_notices
from congvu.dossiers.models import (
    Dossier,
    DossierEvent,
    DossierExtension,
    DossierPaper,
    DossierReach,
    DossierStep,
    MovedDossier,
    OpinionRequest,
    ResultDraft,
    SubDossier,
    VersionMove,
)
from congvu.dossiers.rules.move_terms import DueChoice, PaperChoice
from congvu.dossiers.rules.moving import counterparts
from congvu.dossiers.tests.conftest import Office, take
from congvu.dossiers.tests.make import at
from congvu.foundation.audit.chain import seal
from congvu.foundation.audit.models import AuditEntry
from congvu.foundation.identity.actor import Actor, Held
from congvu.foundation.identity.roles import LEADER, SIGNER
from congvu.foundation.notices.models import Notice
from congvu.foundation.refusal import Refused
from congvu.procedures.actions.write_process import write_draft
from congvu.procedures.models import (
    CaseChannel,
    CasePaper,
    ProcedureCase,
    ProcedureVersion,
    ProcessVersion,
)
from congvu.procedures.rules.process.graph import Agency, Process, Step, sequence

pytestmark = pytest.mark.django_db
NOON = at("2026-11-20 11:30")
DECISION = MoveDecision("88/QĐ-UBND", date(2026, 11, 18), "Chuyển hồ sơ đang giải quyết sang quy trình mới")
OWNER = Person("Nguyễn Thị Mẫu", "099190000123", "0900000123")
HERE, DECIDES = Agency("RECEIVER"), Agency("COMPETENT")


def a_step(key: str, name: str, agency: Agency, role: str, term: str = "1") -> Step:
    return Step(key, name, agency, role, term_n=Decimal(term))


def new_process(office: Office, graph: Process, since: str = "2026-11-20") -> ProcessVersion:
    """A second process of the procedure, in force since a day; the first ends then."""
    procedure, day = office.place.version.procedure, date.fromisoformat(since)
    ProcessVersion.objects.filter(procedure=procedure, state="PUBLISHED").update(valid_to=day)
    draft = write_draft(procedure, graph, at=NOON, total_hours=None, source="thử")
    ProcessVersion.objects.filter(pk=draft.pk).update(state="PUBLISHED", valid_from=day, published_at=NOON)
    return draft


def new_version(
    office: Office,
    term: tuple[int | None, str | None],
    papers: tuple[str, ...] = (),
    since: str = "2026-11-20",
) -> ProcedureVersion:
    """A second version of the procedure with another term and papers."""
    old, day = office.place.version, date.fromisoformat(since)
    ProcedureVersion.objects.filter(pk=old.pk).update(valid_to=day)
    made = ProcedureVersion.objects.create(
        procedure=old.procedure, number=2, name=old.name, valid_from=day, state="LOADING"
    )
    case = ProcedureCase.objects.create(version=made, stable_key="chung", name="Trường hợp chung")
    for channel in (1, 2, 3):
        CaseChannel.objects.create(case=case, channel=channel, term_n=term[0], term_unit=term[1])
    for order, name in enumerate(papers, 1):
        CasePaper.objects.create(case=case, stable_key=f"g{order}", order=order, name=name, originals=1)
    made.state, made.published_at = "PUBLISHED", NOON
    made.save()
    return made


def process_two(office: Office) -> Process:
    """Between appraisal and opinion a check by the one-stop; the police's opinion is the health department's now."""
    health = office.place.stranger_clerk.held[0].unit_id
    return sequence(
        (
            a_step("b1", "Tiếp nhận", HERE, "RECEIVE", "0.5"),
            a_step("kiem", "Kiểm tra trùng", HERE, "COOPERATE", "0.5"),
            a_step("b2", "Thẩm định", DECIDES, "LEAD", "2"),
            a_step("b3", "Góp ý", Agency("FIXED", health), "COOPERATE"),
            a_step("b4", "Ký quyết định", Agency("FIXED", office.place.province.pk), "SIGN"),
            a_step("b5", "Trả kết quả", HERE, "RETURN", "0.5"),
        )
    )


def sides(
    office: Office, version: ProcedureVersion | None, process: ProcessVersion | None
) -> tuple[Side, Side]:
    old = office.place.version
    first = ProcessVersion.objects.get(procedure=old.procedure, number=1)
    return (
        Side(old.pk, first.pk),
        Side(version.pk if version else old.pk, process.pk if process else first.pk),
    )


def planned(
    office: Office,
    version: ProcedureVersion | None = None,
    process: ProcessVersion | None = None,
    **more: Any,
) -> Plan:
    before, after = sides(office, version, process)
    chosen = more.pop("chosen", None) or counterparts(before.road.graph, after.road.graph)
    return Plan(before, after, chosen, asks=asks_of(before.version_id, after.version_id), **more)


def move(office: Office, ids: list[int], plan: Plan, **more: Any) -> tuple[VersionMove | None, Outcome]:
    said = more.pop("said", DECISION)
    by = more.pop("by", office.place.admin)
    return move_version(ids, plan, said, office.place.version.procedure_id, by=by, at=more.pop("at", NOON))


def received(office: Office, when: str = "2026-11-17 09:00") -> int:
    return take(office, when, OWNER).id


def in_appraisal(office: Office) -> int:
    one = received(office)
    hand_over([one], by=office.place.clerk, at=at("2026-11-17 10:00")).only()
    return one


def with_the_police(office: Office) -> int:
    one = in_appraisal(office)
    complete_step([one], by=office.place.specialist, at=at("2026-11-18 10:00")).only()
    return one


def told(one: int) -> list[tuple[int, str, int, int]]:
    steps = DossierStep.objects.filter(dossier_id=one).order_by("position", "round")
    return [(step.position, step.name, step.state, step.unit_id) for step in steps]


def image(one: int) -> dict[str, Any]:
    """Everything a move may touch, as it is stored."""
    opened_at = Dossier.objects.get(pk=one).opened_at
    row = Dossier.objects.filter(pk=one).values().get()
    for changing in ("version", "last_event_at"):
        row.pop(changing)
    return {
        "row": row,
        "steps": list(DossierStep.objects.filter(dossier_id=one).order_by("id").values()),
        "papers": list(DossierPaper.objects.filter(dossier_id=one).order_by("id").values()),
        "opinions": list(OpinionRequest.objects.filter(dossier_id=one).order_by("id").values()),
        "drafts": list(ResultDraft.objects.filter(dossier_id=one).values()),
        "subs": list(SubDossier.objects.filter(parent_id=one).values()),
        "reach": sorted(DossierReach.objects.filter(dossier_id=one).values_list("unit_id", flat=True)),
        "apologies": list(DossierExtension.objects.filter(dossier_id=one).values()),
        "opened_at": opened_at,
    }


def test_each_dossier_stands_in_the_new_process_where_its_work_is(office: Office, counting: Any) -> None:
    place = office.place
    ids = [received(office), in_appraisal(office), with_the_police(office)]
    plan = planned(office, process=new_process(office, process_two(office)))
    health = plan.after.road.specs[4].unit_id
    with counting(12):
        log, outcome = move(office, ids, plan)
    assert (len(outcome.done), outcome.refused, log and log.dossiers) == (3, (), 3)
    assert told(ids[0]) == [(1, "Tiếp nhận", 1, place.centre.pk)]
    assert told(ids[1]) == [
        (1, "Tiếp nhận", 2, place.centre.pk),
        (2, "Kiểm tra trùng", 5, place.centre.pk),
        (3, "Thẩm định", 1, place.home_affairs.pk),
    ]
    assert told(ids[2])[-1] == (4, "Góp ý", 1, health)
    reach = set(DossierReach.objects.filter(dossier_id=ids[2]).values_list("unit_id", flat=True))
    assert health in reach and place.police.pk not in reach
    moved = MovedDossier.objects.get(dossier_id=ids[2])
    assert moved.changes["UNIT"] == "Góp ý: Sở Y tế" and moved.changes["PASSED"] == "Kiểm tra trùng"
    event = DossierEvent.objects.filter(dossier_id=ids[2]).latest("id")
    assert event.verb == "move_version" and "88/QĐ-UBND" in event.reason and "Sở Y tế" in event.reason
    assert AuditEntry.objects.filter(verb="move_version", object_kind="dossier").count() == 3


def test_a_moved_dossier_goes_on_by_the_new_process(office: Office) -> None:
    place = office.place
    one = in_appraisal(office)
    move(office, [one], planned(office, process=new_process(office, process_two(office))))
    complete_step([one], by=place.specialist, at=at("2026-11-20 14:00")).only()
    assert told(one)[-1][:3] == (4, "Góp ý", 1)


def test_a_move_taken_back_leaves_everything_as_it_was(office: Office) -> None:
    place = office.place
    ids = [received(office), in_appraisal(office), with_the_police(office)]
    ask_opinion(
        [ids[1]],
        [place.police.pk],
        "Cho ý kiến",
        date(2026, 11, 25),
        by=place.specialist,
        at=at("2026-11-19 09:00"),
    )
    ResultDraft.objects.create(
        dossier_id=ids[2], number=1, step=3, name="Dự thảo", state=2, submitted_at=NOON, ended_at=NOON
    )
    parent, child = ids[2], received(office)
    SubDossier.objects.create(parent_id=parent, position=3, round=1, dossier_id=child)
    before = [image(one) for one in ids]
    version = new_version(office, (3, "NGAY_LAM_VIEC"), ("Đơn đề nghị", "Điều lệ mới"))
    process = new_process(office, process_two(office))
    plan = planned(office, version, process, papers=PaperChoice.ASK)
    log, outcome = move(office, ids, plan)
    assert log is not None and len(outcome.done) == 3
    assert OpinionRequest.objects.get(dossier_id=ids[1]).step == 3
    assert ResultDraft.objects.get().step == 4 and SubDossier.objects.get().position == 4
    assert [image(one) for one in ids] != before
    back = undo_move(log.pk, "Quyết định bị thu hồi", by=place.admin, at=at("2026-11-20 13:00"))
    assert len(back.done) == 3 and [image(one) for one in ids] == before
    log.refresh_from_db()
    assert log.undone_by_name == place.admin.name
    again = undo_move(log.pk, "Lần nữa", by=place.admin, at=at("2026-11-20 13:05"))
    assert (again.done, again.refused) == ((), ())


def test_a_dossier_touched_since_does_not_go_back(office: Office) -> None:
    place = office.place
    ids = [in_appraisal(office), in_appraisal(office)]
    log, _ = move(office, ids, planned(office, process=new_process(office, process_two(office))))
    complete_step([ids[0]], by=place.specialist, at=at("2026-11-20 13:00")).only()
    assert log is not None
    back = undo_move(log.pk, "Nhầm", by=place.admin, at=at("2026-11-20 13:30"))
    assert [one.dossier_id for one in back.done] == [ids[1]]
    assert [one.dossier_id for one in back.refused] == [ids[0]]
    assert "sau khi chuyển" in back.refused[0].refusal.what


def test_an_open_step_without_counterpart_keeps_its_dossier_where_it_is(office: Office) -> None:
    ids = [in_appraisal(office), with_the_police(office)]
    shorter = Process(tuple(one for one in process_two(office).steps if one.key not in ("b3", "kiem")))
    process = new_process(office, sequence(shorter.steps))
    log, outcome = move(office, ids, planned(office, process=process))
    assert [one.dossier_id for one in outcome.done] == [ids[0]]
    assert "«Góp ý» không có bước tương ứng" in outcome.refused[0].refusal.what
    assert Dossier.objects.get(pk=ids[1]).process_id != process.pk
    assert log is not None and log.dossiers == 1


def test_work_the_new_process_does_not_have_is_kept_as_done_earlier(office: Office) -> None:
    one = with_the_police(office)
    kept = [step for step in process_two(office).steps if step.key not in ("b2", "kiem")]
    move(office, [one], planned(office, process=new_process(office, sequence(kept))))
    assert [row[:3] for row in told(one)] == [(0, "Thẩm định", 2), (1, "Tiếp nhận", 2), (2, "Góp ý", 1)]
    code = Dossier.objects.get(pk=one).code
    shown = office.enter(office.place.leader).get(f"/ho-so/{code}/").content.decode()
    assert "Thẩm định" in shown and "Góp ý" in shown
    assert office.enter(office.place.police_officer).get("/viec-cua-toi/").status_code == 200


def test_the_promised_day_never_moves_later_by_itself(office: Office) -> None:
    one = in_appraisal(office)
    was = Dossier.objects.get(pk=one)
    move(office, [one], planned(office, new_version(office, (10, "NGAY_LAM_VIEC"))))
    now = Dossier.objects.get(pk=one)
    assert (now.due_on, now.term_n, now.extensions) == (was.due_on, 5, 0)
    assert now.procedure_version_id != was.procedure_version_id
    assert "giữ ngày đã hẹn" in MovedDossier.objects.get(dossier_id=one).changes["KEPT_DAY"]


def test_a_later_day_by_the_decision_is_an_apology_with_its_reason(office: Office) -> None:
    one = in_appraisal(office)
    was = Dossier.objects.get(pk=one).due_on
    plan = planned(office, new_version(office, (10, "NGAY_LAM_VIEC")), due=DueChoice.FOLLOW)
    with pytest.raises(Refused, match="Chưa ghi lý do hẹn muộn hơn"):
        move(office, [one], plan)
    said = replace(DECISION, due_reason="Phải lấy thêm ý kiến theo quy định mới")
    move(office, [one], plan, said=said)
    now, apology = Dossier.objects.get(pk=one), DossierExtension.objects.get(dossier_id=one)
    assert now.due_on is not None and was is not None and now.due_on > was
    assert (apology.due_before, apology.due_after, now.extensions) == (was, now.due_on, 1)
    assert apology.reason == said.due_reason


def test_the_applicant_is_told_of_a_moved_day_and_of_no_other_move(office: Office) -> None:
    later = planned(office, new_version(office, (10, "NGAY_LAM_VIEC")), due=DueChoice.FOLLOW)
    moved_on, untouched = in_appraisal(office), in_appraisal(office)
    Dossier.objects.update(owner_email="mau@example.com")
    said = replace(DECISION, due_reason="Phải lấy thêm ý kiến theo quy định mới")
    log, _ = move(office, [moved_on], later, said=said)
    assert log is not None
    undo_move(log.pk, "Quyết định bị thu hồi", by=office.place.admin, at=at("2026-11-20 13:00"))
    move(office, [untouched], planned(office, process=new_process(office, process_two(office))))
    seal(at=at("2026-11-20 14:00"))
    write_notices(["email"], "", at=at("2026-11-20 14:00"))
    letters = Notice.objects.filter(kind="doi-quy-dinh").order_by("pk")
    assert [one.about_id for one in letters] == [moved_on, moved_on]
    there, back = (one.text for one in letters)
    now = MovedDossier.objects.get(dossier_id=moved_on)
    assert f"Căn cứ: Theo {DECISION.words}.\nNgày hẹn trả kết quả nay là {now.due_after:%d/%m/%Y}" in there
    assert f"nay là {now.due_before:%d/%m/%Y}" in back and "bị thu hồi" in back


def test_too_late_for_an_apology_the_promised_day_stays(office: Office) -> None:
    one = received(office, "2026-11-13 09:00")
    plan = planned(office, new_version(office, (10, "NGAY_LAM_VIEC")), due=DueChoice.FOLLOW)
    move(office, [one], plan, said=replace(DECISION, due_reason="Quy định mới"))
    assert Dossier.objects.get(pk=one).due_on == date(2026, 11, 20)
    assert "Không còn kịp" in MovedDossier.objects.get(dossier_id=one).changes["KEPT_DAY"]


def test_a_shorter_term_moves_the_day_forward_but_never_into_the_past(office: Office) -> None:
    ids = [received(office, "2026-11-13 09:00"), received(office, "2026-11-19 09:00")]
    move(office, ids, planned(office, new_version(office, (3, "NGAY_LAM_VIEC"))))
    days = dict(Dossier.objects.filter(pk__in=ids).values_list("pk", "due_on"))
    assert days == {ids[0]: date(2026, 11, 20), ids[1]: date(2026, 11, 25)}, "24/11 is a day off"


def test_new_papers_are_asked_for_only_when_the_decision_says_so(office: Office) -> None:
    papers = (PaperIn("Đơn đề nghị", CasePaper.objects.get(name="Đơn đề nghị").pk, originals=1),)
    ids = [take(office, "2026-11-19 09:00", OWNER, papers=papers).id for _ in range(2)]
    version = new_version(office, (5, "NGAY_LAM_VIEC"), ("Đơn đề nghị", "Điều lệ", "Giấy ủy quyền"))
    move(office, ids[:1], planned(office, version))
    move(office, ids[1:], planned(office, version, papers=PaperChoice.ASK))
    lists = [
        list(DossierPaper.objects.filter(dossier_id=one).order_by("id").values_list("name", "received"))
        for one in ids
    ]
    assert lists[0] == [("Đơn đề nghị", True)]
    assert lists[1] == [("Đơn đề nghị", True), ("Giấy ủy quyền", False)]
    paper = DossierPaper.objects.get(dossier_id=ids[0])
    assert paper.case_paper is not None and paper.case_paper.case.version_id == version.pk


def test_a_paused_dossier_moves_and_stays_paused(office: Office) -> None:
    one = in_appraisal(office)
    request_supplement([one], "Thiếu điều lệ", by=office.place.specialist, at=at("2026-11-18 09:00")).only()
    _, outcome = move(office, [one], planned(office, process=new_process(office, process_two(office))))
    assert len(outcome.done) == 1 and Dossier.objects.get(pk=one).status == 5


def test_what_stands_in_the_way_is_said(office: Office) -> None:
    place = office.place
    one = in_appraisal(office)
    plan = planned(office, process=new_process(office, process_two(office)))
    with pytest.raises(Refused, match="Chưa ghi đủ quyết định"):
        move(office, [one], plan, said=replace(DECISION, about=" "))
    with pytest.raises(Refused, match="tương lai"):
        move(office, [one], plan, said=replace(DECISION, signed_on=date(2026, 12, 1)))
    with pytest.raises(Refused, match="cùng ứng với"):
        move(office, [one], replace(plan, chosen={1: 1, 2: 1}))
    with pytest.raises(Refused, match="đúng bản ấy"):
        move(office, [one], planned(office))
    elsewhere = place.stranger_clerk.held[0].unit_id
    signs = Actor(
        90, "Người ký thừa lệnh", "ky", "", (Held(LEADER, elsewhere), Held(SIGNER, place.centre.pk))
    )
    _, outcome = move(office, [one], plan, by=signs)
    assert not outcome.done and "không còn chạy" in outcome.refused[0].refusal.what, (
        "to sign for is not to lead"
    )
    for actor in (place.clerk, place.specialist, place.auditor):
        with pytest.raises(Refused, match="Việc của quản trị viên"):
            move(office, [one], plan, by=actor)
    assert VersionMove.objects.count() == 0


def test_a_leader_moves_what_he_sees_and_nothing_else(office: Office) -> None:
    place = office.place
    plan = planned(office, process=new_process(office, process_two(office)))
    elsewhere = replace(
        place.leader, held=(replace(place.leader.held[0], unit_id=place.stranger_clerk.held[0].unit_id),)
    )
    one = in_appraisal(office)
    log, outcome = move(office, [one], plan, by=elsewhere)
    assert log is None and "không còn chạy" in outcome.refused[0].refusal.what
    assert len(move(office, [one], plan, by=place.leader)[1].done) == 1


def test_a_dossier_someone_else_was_faster_with_is_left_alone(office: Office, monkeypatch: Any) -> None:
    from congvu.dossiers.actions import version_rows

    place = office.place
    ids = [in_appraisal(office), in_appraisal(office)]
    plan = planned(office, process=new_process(office, process_two(office)))
    inner = version_rows._change

    def meanwhile(judged: Any, *more: Any) -> Any:
        if judged.now.id == ids[0]:
            complete_step([ids[0]], by=place.specialist, at=at("2026-11-20 11:29"))
        return inner(judged, *more)

    monkeypatch.setattr(version_rows, "_change", meanwhile)
    _, outcome = move(office, ids, plan)
    assert [one.dossier_id for one in outcome.done] == [ids[1]]
    assert "người khác xử lý" in outcome.refused[0].refusal.what
    assert told(ids[0])[-1][:2] == (3, "Góp ý")
