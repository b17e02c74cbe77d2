"""The draft of a result: submitted with the step, seen, signed; or sent back to the person who had it."""

from datetime import date
from typing import Any

import pytest

from congvu.dossiers.actions.complete_step import complete_step
from congvu.dossiers.actions.finish import finish
from congvu.dossiers.actions.hand_over import hand_over
from congvu.dossiers.actions.outcome import Outcome
from congvu.dossiers.actions.send_back import send_back
from congvu.dossiers.actions.submit_draft import DraftIn, submit_draft
from congvu.dossiers.models import Dossier, DossierEvent, DossierResult, DossierStep, DraftState, ResultDraft
from congvu.dossiers.rules.status import Status
from congvu.dossiers.tests.conftest import Office, an_account, forget
from congvu.dossiers.tests.keyed import SECRET, at_the_signature
from congvu.dossiers.tests.make import a_place, an_actor, at
from congvu.dossiers.tests.test_slips_pdf import text_of
from congvu.foundation.files.actions import read_stored
from congvu.foundation.identity.models import Account, Delegation, Grant
from congvu.foundation.refusal import Refused
from congvu.foundation.signatures.ring import key_ring
from congvu.foundation.signatures.verify import verify
from congvu.organisation.queries import picture

pytestmark = pytest.mark.django_db
DRAFT = DraftIn("Quyết định cho phép", "Hội được hoạt động.")


@pytest.fixture
def drafted(keyed: Office) -> Dossier:
    """A dossier whose draft waits for the chairman; the police were the last before the signature."""
    place = keyed.place
    made = place.received("2026-11-16 08:00")
    hand_over([made.id], by=place.clerk, at=at("2026-11-16 09:00")).only()
    complete_step([made.id], by=place.specialist, at=at("2026-11-17 09:00")).only()
    submit_draft({made.id: DRAFT}, by=place.police_officer, at=at("2026-11-18 09:00")).only()
    return Dossier.objects.get(pk=made.id)


def back(office: Office, one: Dossier, why: str = "Sửa điểm 2.", when: str = "2026-11-19 09:00") -> Outcome:
    return send_back([one.pk], why, by=office.place.chairman, at=at(when))


def open_step(one: Dossier) -> DossierStep:
    return DossierStep.objects.get(dossier=one, state=1)


def test_a_draft_is_kept_with_the_step_and_the_leader_signs_it(keyed: Office, drafted: Dossier) -> None:
    assert open_step(drafted).role == "SIGN"
    client = keyed.enter(keyed.place.chairman)
    page = client.get(f"/ho-so/{drafted.code}/").content.decode()
    assert "Quyết định cho phép" in page and "Đang trình ký" in page
    paper = client.get(f"/ho-so/{drafted.code}/du-thao/1/")
    assert paper.status_code == 200 and paper.content.startswith(b"%PDF")
    assert f"Như trên; - {picture().name(keyed.place.centre.pk, date(2026, 11, 20))}; - Lưu" in text_of(
        paper.content
    )
    said = {"name": "", "secret": SECRET, "seen": drafted.version}
    answer = client.post(f"/ho-so/{drafted.code}/viec/ky-so/", said)
    assert answer.status_code == 302, answer.content.decode()
    result = DossierResult.objects.get(dossier=drafted)
    assert result.name == "Quyết định cho phép" and result.file is not None
    assert verify(read_stored(result.file), key_ring().trust(), at=at("2026-11-20 15:00")).valid
    assert ResultDraft.objects.get().state == DraftState.SIGNED


def test_the_leaders_own_paper_is_called_what_the_draft_was_and_the_draft_waits_no_more(
    keyed: Office, drafted: Dossier
) -> None:
    from django.core.files.uploadedfile import SimpleUploadedFile

    from congvu.foundation.papers.pdf import render

    own = render("foundation/signatures/tests/paper.typ", {"said": "Quyết định của lãnh đạo"})
    client = keyed.enter(keyed.place.chairman)
    sent = {"name": "", "secret": SECRET, "seen": drafted.version, "tep": SimpleUploadedFile("qd.pdf", own)}
    answer = client.post(f"/ho-so/{drafted.code}/viec/ky-so/", sent)
    assert answer.status_code == 302, answer.content.decode()
    assert DossierResult.objects.get().name == "Quyết định cho phép"
    draft = ResultDraft.objects.get()
    assert draft.state == DraftState.RETURNED and draft.ended_at and "không ký dự thảo này" in draft.why


def test_a_paper_brought_without_a_name_and_without_a_draft_is_refused(keyed: Office) -> None:
    from django.core.files.uploadedfile import SimpleUploadedFile

    from congvu.foundation.papers.pdf import render

    one = at_the_signature(keyed)
    own = render("foundation/signatures/tests/paper.typ", {"said": "Không tên"})
    sent = {"name": "", "secret": SECRET, "seen": one.version, "tep": SimpleUploadedFile("qd.pdf", own)}
    answer = keyed.enter(keyed.place.chairman).post(f"/ho-so/{one.code}/viec/ky-so/", sent)
    assert answer.status_code == 422 and "Chưa ghi tên kết quả" in answer.content.decode()
    assert not DossierResult.objects.exists()


def test_finished_without_a_digital_signature_no_draft_is_left_waiting(
    keyed: Office, drafted: Dossier
) -> None:
    finish([drafted.pk], by=keyed.place.chairman, at=at("2026-11-20 09:00")).only()
    draft = ResultDraft.objects.get()
    assert draft.state == DraftState.RETURNED and draft.why


def test_a_dossier_without_a_draft_is_finished_at_the_cost_of_any_other(
    keyed: Office, django_assert_num_queries: Any
) -> None:
    place = keyed.place
    made = place.received("2026-11-16 08:00")
    hand_over([made.id], by=place.clerk, at=at("2026-11-16 09:00")).only()
    complete_step([made.id], by=place.specialist, at=at("2026-11-17 09:00")).only()
    complete_step([made.id], by=place.police_officer, at=at("2026-11-18 09:00")).only()
    assert open_step(Dossier.objects.get(pk=made.id)).role == "SIGN"
    picture()
    with django_assert_num_queries(3):  # whether the picture is still true, the reading, the writing
        finish([made.id], by=place.chairman, at=at("2026-11-19 09:00")).only()


def test_the_paper_a_specialist_brought_is_the_one_signed(keyed: Office) -> None:
    from django.core.files.uploadedfile import SimpleUploadedFile

    from congvu.foundation.papers.pdf import render

    place, made = keyed.place, keyed.place.received("2026-11-16 08:00")
    hand_over([made.id], by=place.clerk, at=at("2026-11-16 09:00")).only()
    complete_step([made.id], by=place.specialist, at=at("2026-11-17 09:00")).only()
    own = render("foundation/signatures/tests/paper.typ", {"said": "Quyết định riêng"})
    client = keyed.enter(place.police_officer)
    address = f"/ho-so/{made.code}/viec/trinh-ky/"
    word = SimpleUploadedFile("qd.docx", b"PK\x03\x04")
    told = client.post(address, {"name": "Quyết định", "tep": word})
    page = told.content.decode()
    assert told.status_code == 422 and "Lưu thành, kiểu PDF" in page and "để hệ thống lập văn bản" in page
    assert 'value="Quyết định"' in page and "Đang giữ" not in page, "the Word file is not carried along"
    sent = client.post(address, {"name": "Quyết định", "tep": SimpleUploadedFile("qd.pdf", own)})
    assert sent.status_code == 302, sent.content.decode()
    leader = keyed.enter(place.chairman)
    assert b"".join(leader.get(f"/ho-so/{made.code}/du-thao/1/").streaming_content) == own
    leader.post(f"/ho-so/{made.code}/viec/ky-so/", {"secret": SECRET})
    result = DossierResult.objects.get(dossier_id=made.id)
    assert result.file is not None and read_stored(result.file).startswith(own)


def test_without_a_draft_or_words_nothing_is_signed(keyed: Office) -> None:
    place, made = keyed.place, keyed.place.received("2026-11-16 08:00")
    hand_over([made.id], by=place.clerk, at=at("2026-11-16 09:00")).only()
    complete_step([made.id], by=place.specialist, at=at("2026-11-17 09:00")).only()
    complete_step([made.id], by=place.police_officer, at=at("2026-11-18 09:00")).only()
    client = keyed.enter(place.chairman)
    answer = client.post(f"/ho-so/{made.code}/viec/ky-so/", {"secret": SECRET})
    assert answer.status_code == 422 and "chưa có dự thảo" in answer.content.decode()


def test_sent_back_it_is_in_the_hands_of_who_prepared_it(office: Office, drafted: Dossier) -> None:
    back(office, drafted).only()
    step = open_step(drafted)
    assert (step.position, step.round, step.officer_id) == (3, 2, office.place.police_officer.account_id)
    assert step.due_on == date(2026, 11, 20), "its own term anew"
    draft = ResultDraft.objects.get()
    assert (draft.state, draft.why) == (DraftState.RETURNED, "Sửa điểm 2.")
    told = DossierEvent.objects.filter(dossier=drafted, verb="send_back").get().reason
    assert "Sửa điểm 2." in told and "Phạm Công An" in told
    mine = office.enter(office.place.police_officer).get("/viec-cua-toi/?cua=toi").content.decode()
    assert drafted.code in mine
    submit_draft({drafted.pk: DRAFT}, by=office.place.police_officer, at=at("2026-11-20 08:00")).only()
    assert open_step(drafted).role == "SIGN" and open_step(drafted).round == 2
    assert ResultDraft.objects.filter(dossier=drafted, state=DraftState.SUBMITTED).get().number == 2


def test_away_it_goes_to_who_acts_for_them_and_the_history_says_so(office: Office, drafted: Dossier) -> None:
    other = an_actor(30, "Đặng Thay Mặt", "specialist", office.place.police)
    an_account(other)
    Delegation.objects.create(
        absent_id=office.place.police_officer.account_id, acting_id=30, reason="Nghỉ phép",
        valid_from=date(2026, 11, 19), valid_to=date(2026, 11, 25),
    )  # fmt: skip
    back(office, drafted).only()
    step = open_step(drafted)
    assert (step.officer_id, step.held_for) == (30, office.place.police_officer.account_id)
    reason = DossierEvent.objects.filter(dossier=drafted, verb="send_back").get().reason
    assert "Đặng Thay Mặt, giao thay Phạm Công An đang vắng" in reason


@pytest.mark.parametrize("gone", ["role", "account"])
def test_gone_it_goes_to_the_unit_and_the_history_says_so(
    office: Office, drafted: Dossier, gone: str
) -> None:
    officer = office.place.police_officer.account_id
    if gone == "role":
        Grant.objects.filter(account_id=officer).update(valid_to=date(2026, 11, 18))
    else:
        Account.objects.filter(pk=officer).update(is_active=False)
    back(office, drafted).only()
    assert open_step(drafted).officer_id is None
    reason = DossierEvent.objects.filter(dossier=drafted, verb="send_back").get().reason
    assert "việc chung của đơn vị" in reason and "Phạm Công An" in reason


def test_only_who_may_sign_sends_back_and_says_why(office: Office, drafted: Dossier) -> None:
    with pytest.raises(Refused, match="lý do"):
        back(office, drafted, " ")
    (refused,) = send_back([drafted.pk], "x", by=office.place.specialist, at=at("2026-11-19 09:00")).refused
    assert "người ký" in refused.refusal.what
    early = office.place.received("2026-11-19 08:00")
    (refused,) = send_back([early.id], "x", by=office.place.chairman, at=at("2026-11-19 09:00")).refused
    assert "người ký" in refused.refusal.what


def test_a_parallel_agency_keeps_what_it_did(db: None, frozen_clock: Any) -> None:
    forget()
    place = a_place(parallel=True)
    for actor in (place.clerk, place.specialist, place.police_officer, place.chairman):
        an_account(actor)
    made = place.received("2026-11-16 08:00")
    hand_over([made.id], by=place.clerk, at=at("2026-11-16 09:00")).only()
    submit_draft({made.id: DRAFT}, by=place.specialist, at=at("2026-11-17 09:00")).only()
    complete_step([made.id], by=place.police_officer, at=at("2026-11-17 10:00")).only()
    send_back([made.id], "Sửa.", by=place.chairman, at=at("2026-11-18 09:00")).only()
    states = {(s.position, s.round): s.state for s in DossierStep.objects.filter(dossier_id=made.id)}
    assert states == {(1, 1): 2, (2, 1): 4, (2, 2): 1, (3, 1): 2, (4, 1): 4}
    submit_draft({made.id: DRAFT}, by=place.specialist, at=at("2026-11-19 09:00")).only()
    assert DossierStep.objects.get(dossier_id=made.id, state=1).role == "SIGN", (
        "the police need not answer again"
    )
    assert Dossier.objects.get(pk=made.id).status == Status.HANDLING
    forget()


def test_drafts_of_a_set_are_submitted_and_sent_back_with_few_statements(
    office: Office, counting: Any
) -> None:
    place = office.place
    ones = [place.received("2026-11-16 08:00") for _ in range(3)]
    ids = [one.id for one in ones]
    hand_over(ids, by=place.clerk, at=at("2026-11-16 09:00"))
    complete_step(ids, by=place.specialist, at=at("2026-11-17 09:00"))
    with counting(10):  # 6, and those of two transactions
        done = submit_draft(dict.fromkeys(ids, DRAFT), by=place.police_officer, at=at("2026-11-18 09:00"))
    assert len(done.done) == 3
    with counting(9):  # 5, a transaction, and what a process reads once of the organisation
        assert len(send_back(ids, "Sửa.", by=place.chairman, at=at("2026-11-19 09:00")).done) == 3
