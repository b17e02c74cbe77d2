"""What changes under an envelope: a procedure abolished, a group ended, an agency merged or dissolved, a result run out."""

import re
from datetime import date
from typing import Any

import pytest

from congvu.dossiers.actions.choose_agency import choose_agency
from congvu.dossiers.actions.envelope_rows import ReceivedEnvelope
from congvu.dossiers.actions.finish import ResultIn, finish
from congvu.dossiers.actions.hand_over import hand_over
from congvu.dossiers.actions.receive_envelope import receive_envelope
from congvu.dossiers.models import (
    Dossier,
    DossierPaper,
    DossierResult,
    Envelope,
    EnvelopeMember,
    HeldOriginal,
)
from congvu.dossiers.rules.status import Status
from congvu.dossiers.tests.make import at
from congvu.dossiers.tests.make_group import BIRTH, CARD, HOME, a_group, an_envelope
from congvu.dossiers.tests.test_envelope_online import FORM as ONLINE
from congvu.dossiers.tests.test_envelope_online import door, paper, press, sent
from congvu.dossiers.tests.test_envelope_online import filled as sent_online
from congvu.dossiers.tests.test_envelope_pages import FORM, filled
from congvu.dossiers.tests.test_envelopes import DONE, born
from congvu.foundation.audit.models import AuditEntry
from congvu.foundation.identity.actor import SYSTEM
from congvu.foundation.refusal import Refused
from congvu.organisation.actions.dissolve import dissolve
from congvu.organisation.actions.merge import merge
from congvu.organisation.actions.recording import Decision
from congvu.organisation.models import Unit
from congvu.procedures.actions.group_drafts import GroupDecision, end_group
from congvu.procedures.actions.publish_group import publish_group
from congvu.procedures.models import ProcedureVersion
from congvu.procedures.rules.groups import GroupContent, MemberLine

__all__ = ["sent"]
pytestmark = pytest.mark.django_db
WHY = Decision("15/NQ-HĐND", date(2026, 11, 10), "HĐND tỉnh")
BEFORE = at("2026-11-18 09:00")


def to_police(office: Any, **more: Any) -> ReceivedEnvelope:
    """An envelope whose second member goes to the police, once the first has ended."""
    home, police = office.place.home_affairs.pk, office.place.police.pk
    wanted = an_envelope(office.place, a_group(), deciders={1: home, 2: police, 3: home}, **more)
    return receive_envelope(wanted, by=office.place.clerk, at=at("2026-11-20 09:00"))


def merged_away(office: Any, day: date) -> int:
    heir = Unit.objects.get(code="H99.09").pk
    merge([office.place.police.pk], heir, effective=day, decision=WHY, by=office.place.admin, at=BEFORE)
    return heir


def gone(office: Any, day: date) -> None:
    dissolve(office.place.police.pk, under={}, effective=day, decision=WHY, by=office.place.admin, at=BEFORE)


def member(envelope: int, position: int) -> EnvelopeMember:
    return EnvelopeMember.objects.select_related("dossier").get(envelope=envelope, position=position)


def abolished(code: str) -> None:
    ProcedureVersion.objects.filter(procedure__code=code).update(valid_to=date(2026, 11, 20))


@pytest.mark.parametrize("online", [False, True])
def test_a_procedure_abolished_while_the_form_was_open_is_said_and_nothing_typed_is_lost(
    office: Any, online: bool
) -> None:
    a_group()
    client = office.enter(office.citizen if online else office.place.clerk)
    data, form = (sent_online(office), ONLINE) if online else (filled(office), FORM)
    abolished(CARD)
    answer = client.post(form, data)
    said = answer.content.decode()
    assert answer.status_code == 422
    assert "Thủ tục «Cấp thẻ bảo hiểm y tế» của nhóm không còn hiệu lực" in said
    assert 'value="Nguyễn Thị Mẫu"' in said
    assert not online or "s-to-khai-tep-ve" in said
    assert not Envelope.objects.exists()


@pytest.mark.parametrize("online", [False, True])
def test_a_group_ended_while_the_form_was_open_is_said_on_the_form(office: Any, online: bool) -> None:
    group = a_group()
    client = office.enter(office.citizen if online else office.place.clerk)
    data, form = (sent_online(office), ONLINE) if online else (filled(office), FORM)
    end_group(
        "LT.01", GroupDecision("1/QĐ", "UBND tỉnh", date(2026, 11, 1)), date(2026, 11, 20), by=SYSTEM,
        at=at("2026-11-20 10:00"),
    )  # fmt: skip
    answer = client.post(form, {**data, "nhom": str(group.pk)})
    said = answer.content.decode()
    assert answer.status_code == 422
    assert "đã có bản mới hoặc không còn áp dụng" in said
    assert 'value="Nguyễn Thị Mẫu"' in said
    assert not Envelope.objects.exists()
    assert client.get(form).status_code == 404


def test_a_procedure_abolished_while_its_member_waits_is_done_as_it_was_received(office: Any) -> None:
    made = to_police(office)
    abolished(HOME)
    born(office.place, made)
    opened = member(made.id, 2).dossier
    assert opened is not None
    assert opened.status == Status.HANDLING


def test_an_agency_merged_meanwhile_is_followed_to_the_one_that_took_over(office: Any) -> None:
    made = to_police(office)
    heir = merged_away(office, date(2026, 11, 21))
    born(office.place, made)
    opened = member(made.id, 2).dossier
    assert opened is not None
    assert (opened.competent_unit_id, opened.status) == (heir, Status.HANDLING)
    assert member(made.id, 2).competent_unit_id == heir


def test_an_agency_gone_without_a_successor_holds_nobody_up_and_the_counter_chooses(
    office: Any, frozen_clock: Any
) -> None:
    made = to_police(office)
    gone(office, date(2026, 11, 21))
    born(office.place, made)  # the officer who ends the first is not refused
    assert member(made.id, 2).dossier is None
    assert member(made.id, 3).dossier is not None
    frozen_clock.move_to(at("2026-11-23 14:00"))
    client, page = office.enter(office.place.clerk), f"/ho-so-lien-thong/{made.code}/"
    said = client.get(page).content.decode()
    assert "nơi tiếp nhận phải chọn cơ quan khác" in said
    assert "Chọn lại cơ quan" in said
    none = client.post(page, {"viec": "co-quan", "position": "2", "unit": ""})
    assert none.status_code == 422
    chosen = {"viec": "co-quan", "position": "2", "unit": str(office.place.home_affairs.pk)}
    stranger = office.enter(office.place.specialist).post(page, chosen)
    assert stranger.status_code == 422
    assert client.post(page, chosen).status_code == 302
    opened = member(made.id, 2).dossier
    assert opened is not None
    assert (opened.status, opened.competent_unit_id) == (Status.HANDLING, office.place.home_affairs.pk)
    assert AuditEntry.objects.filter(verb="choose_agency", object_id=made.id).count() == 1
    again = client.post(page, chosen)
    assert again.status_code == 422
    assert "đã mở hoặc không thực hiện nữa" in again.content.decode()


def test_an_agency_that_is_there_is_not_exchanged_for_another(office: Any) -> None:
    made = to_police(office)
    with pytest.raises(Refused, match="vẫn hoạt động"):
        choose_agency(
            made.id, 2, office.place.home_affairs.pk, by=office.place.clerk, at=at("2026-11-20 10:00")
        )
    assert member(made.id, 2).competent_unit_id == office.place.police.pk


def test_the_form_of_a_group_whose_agency_is_gone_offers_the_one_that_took_over(office: Any) -> None:
    a_group()
    content = GroupContent(
        "LT.02", "Khai sinh, thường trú", (MemberLine(BIRTH), MemberLine(HOME, (1,), "H99.20")), "Nghị định", "MEM",
        "1/QĐ", "UBND tỉnh", date(2026, 1, 1),
    )  # fmt: skip
    publish_group(content, date(2026, 2, 1), by=SYSTEM, at=at("2026-01-20 08:00"))
    heir = merged_away(office, date(2026, 11, 19))
    said = office.enter(office.place.clerk).get("/tiep-nhan/lien-thong/LT.02/").content.decode()
    assert "không còn hoạt động. Chọn cơ quan nhận phần việc này" in said
    assert f'<option value="{heir}" selected>' in said


def test_an_agency_gone_before_the_counter_answers_is_named(office: Any, sent: Envelope) -> None:
    EnvelopeMember.objects.filter(envelope=sent, position=2).update(competent_unit=office.place.police)
    gone(office, date(2026, 11, 20))
    answer = press(office, sent, "nhan")
    assert answer.status_code == 422
    assert "nơi giải quyết «Đăng ký thường trú», không còn hoạt động" in answer.content.decode()
    chosen = {"viec": "co-quan", "position": "2", "unit": str(office.place.home_affairs.pk)}
    assert office.enter(office.place.clerk).post(door(sent), chosen).status_code == 302
    assert press(office, sent, "nhan").status_code == 302


def stored(office: Any, name: str, until: date | None = None) -> DossierResult:
    """A result given to Mrs Mẫu before."""
    done = office.place.received("2026-11-02 09:00")
    hand_over([done.id], by=office.place.clerk, at=at("2026-11-02 10:00")).only()
    given = ResultIn(name, "7/2026", date(2026, 11, 3), "Chủ tịch", valid_until=until)
    Dossier.objects.filter(pk=done.id).update(process=None)
    finish([done.id], given, by=SYSTEM, at=at("2026-11-03 09:00")).only()
    return DossierResult.objects.get(dossier=done.id)


def test_the_counters_form_offers_stored_results_and_keeps_originals_once(office: Any) -> None:
    a_group()
    result = stored(office, "Giấy chứng sinh")
    client, certificate = office.enter(office.place.clerk), f"g1-{paper(BIRTH, 'g2')}"
    looked = client.post(FORM, filled(office, viec="tinh")).content.decode()
    assert "Đã có trong kho kết quả" in looked
    assert looked.count("Giữ bản chính") == 2
    assert AuditEntry.objects.filter(verb="look_in_store").exists()
    data = filled(office, **{f"{certificate}-kho": str(result.pk), "s-to-khai-giu": "1"})
    for name in (f"{certificate}-co", f"{certificate}-chinh"):
        del data[name]
    answer = client.post(FORM, data)
    assert answer.status_code == 302, re.findall(r"<li>.*?</li>", answer.content.decode())
    first = member(Envelope.objects.get().pk, 1).dossier_id
    assert DossierPaper.objects.get(dossier=first, name="Giấy chứng sinh").digitised == 3
    slip = client.get(answer.headers["Location"]).content.decode()
    assert "Bản chính nơi tiếp nhận đang giữ, trả lại cùng kết quả: 1 Tờ khai." in slip
    assert [(one.dossier_id, one.name, one.count) for one in HeldOriginal.objects.all()] == [
        (first, "Tờ khai", 1)
    ]


def test_a_stored_result_that_ran_out_while_a_member_waited_is_a_paper_missing(office: Any) -> None:
    result = stored(office, "Sổ hộ khẩu gia đình", until=date(2026, 11, 22))
    made = to_police(office)
    waiting = member(made.id, 2)
    waiting.papers = [
        *waiting.papers,
        {**waiting.papers[0], "name": "Sổ hộ khẩu", "digitised": 3, "reuse_of": result.pk, "order": 7},
    ]
    waiting.save(update_fields=["papers"])
    born(office.place, made)
    late = DossierPaper.objects.get(dossier=member(made.id, 2).dossier_id, name="Sổ hộ khẩu")
    assert (late.received, late.digitised) == (False, 0)
    assert DONE.date() > date(2026, 11, 22)
