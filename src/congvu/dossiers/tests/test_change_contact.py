"""Where the applicant is reached and gets the result changes after reception: with a trace, and with what had not gone."""

from dataclasses import replace
from typing import Any

import pytest

from congvu.dossiers.actions.change_contact import change_contact
from congvu.dossiers.actions.return_result import return_result
from congvu.dossiers.actions.withdraw import withdraw
from congvu.dossiers.models import Dossier, DossierEvent, Envelope
from congvu.dossiers.rules.contact import Contact
from congvu.dossiers.tests.conftest import CITIZEN_ID, Office, take
from congvu.dossiers.tests.make import Place, at
from congvu.dossiers.tests.make_group import a_group
from congvu.dossiers.tests.test_envelopes import born, member, taken
from congvu.dossiers.tests.test_lifecycle import handed
from congvu.dossiers.tests.test_notices import MAU, a_dossier, place, tell
from congvu.foundation.audit.models import AuditEntry
from congvu.foundation.identity.actor import Actor, Held
from congvu.foundation.identity.roles import CITIZEN
from congvu.foundation.notices.models import Notice, NoticeState
from congvu.foundation.refusal import Refused

pytestmark = pytest.mark.django_db
__all__ = ["place"]
NEW = Contact("0911 222 333", "moi@example.com", "Số 5 phố Mới", 1, 3)
LATER = "2026-11-20 16:00"
S = NoticeState


def changed(place: Place, pk: int, contact: Contact = NEW, **more: Any) -> None:
    how = {"by": place.clerk, "at": at(LATER), **more}
    change_contact([pk], contact, "Chủ hồ sơ đến quầy", **how).only()


def test_a_change_is_in_the_row_the_history_the_audit_and_the_search(place: Place) -> None:
    one = a_dossier(place)
    changed(place, one.id)
    kept = Dossier.objects.get(pk=one.id)
    assert (kept.owner_phone, kept.owner_email, kept.return_method, kept.version) == (
        "0911222333", "moi@example.com", 1, 2,
    )  # fmt: skip
    assert "0911222333" in kept.search_text and "0900" not in kept.search_text
    event = DossierEvent.objects.get(dossier_id=one.id, verb="change_contact")
    assert "số điện thoại" in event.reason and "0911" not in event.reason, "the history shows no address"
    assert (event.status_to, event.due_on) == (kept.status, kept.due_on)
    entry = AuditEntry.objects.get(verb="change_contact")
    assert entry.before["owner_phone"] == MAU.phone and entry.after["owner_phone"] == "0911222333"
    assert "told_by" not in entry.after, "what did not change is not named"


def test_the_same_again_changes_nothing(place: Place) -> None:
    one = a_dossier(place)
    changed(place, one.id)
    changed(place, one.id)
    assert DossierEvent.objects.filter(verb="change_contact").count() == 1


def test_a_form_made_before_another_change_is_told_so(place: Place) -> None:
    one = a_dossier(place)
    changed(place, one.id, seen={one.id: 1})
    with pytest.raises(Refused, match="đã cũ"):
        changed(place, one.id, replace(NEW, phone="0922333444"), seen={one.id: 1})


def test_what_has_not_gone_goes_to_the_new_address(place: Place) -> None:
    one = a_dossier(place)
    tell()
    Notice.objects.filter(channel="email").update(state=S.FAILED)
    changed(place, one.id)
    assert set(Notice.objects.values_list("to", "state")) == {
        ("moi@example.com", S.FAILED), ("0911222333", S.WAITING),
    }  # fmt: skip
    changed(place, one.id, replace(NEW, told_by=1))
    assert Notice.objects.get(channel="sms").state == S.WITHDRAWN


def test_what_has_gone_keeps_the_address_it_went_to(place: Place) -> None:
    one = a_dossier(place)
    tell()
    Notice.objects.filter(channel="sms").update(state=S.SENT)
    Notice.objects.filter(channel="email").update(state=S.UNCERTAIN)
    changed(place, one.id)
    assert set(Notice.objects.values_list("to", flat=True)) == {"mau@example.com", "0900000123"}


def test_old_and_new_address_are_told_of_the_change(place: Place) -> None:
    one = a_dossier(place)
    tell()
    changed(place, one.id)
    tell("2026-11-20 16:30")
    told = Notice.objects.filter(kind="doi-lien-he")
    assert sorted(told.values_list("to", flat=True)) == sorted(
        ["mau@example.com", "moi@example.com", "0900000123", "0911222333"]
    )
    assert "0911222333" not in "".join(told.values_list("text", flat=True))
    tell("2026-11-20 16:40")
    assert told.count() == 4


def test_who_gave_up_every_address_is_told_at_the_old_one(place: Place) -> None:
    one = a_dossier(place)
    tell()
    changed(place, one.id, Contact(told_by=0))
    tell("2026-11-20 16:30")
    assert set(Notice.objects.filter(kind="doi-lien-he").values_list("to", flat=True)) == {
        "mau@example.com",
        "0900000123",
    }


def test_who_is_no_longer_told_by_sms_hears_of_it_by_sms(place: Place) -> None:
    one = a_dossier(place)
    tell()
    changed(place, one.id, Contact(MAU.phone, "moi@example.com", told_by=1))
    tell("2026-11-20 16:30")
    told = Notice.objects.filter(kind="doi-lien-he").values_list("to", flat=True)
    assert set(told) == {"mau@example.com", "moi@example.com", "0900000123"}


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        (replace(NEW, phone="12345"), "phone"),
        (replace(NEW, email="khong-phai-thu"), "email"),
        (replace(NEW, address=" "), "address"),
        (replace(NEW, email="", told_by=1), "email"),
        (replace(NEW, phone="0243825000", told_by=2), "phone"),
        (replace(NEW, return_method=7), "return_method"),
    ],
)
def test_what_cannot_be_right_is_refused_beside_its_field(place: Place, wrong: Contact, field: str) -> None:
    with pytest.raises(Refused) as refusal:
        changed(place, a_dossier(place).id, wrong)
    assert refusal.value.where == field


def test_only_the_one_stop_and_the_owner_may(office: Office) -> None:
    place = office.place
    one = take(office, "2026-11-20 14:30", MAU, owner_account_id=CITIZEN_ID)
    with pytest.raises(Refused, match="một cửa"):
        changed(place, one.id, by=place.specialist)
    with pytest.raises(Refused, match="ai yêu cầu"):
        change_contact([one.id], NEW, by=place.clerk, at=at(LATER))
    other = Actor(CITIZEN_ID + 1, "Người khác", "khac", "", (Held(CITIZEN, None),))
    with pytest.raises(Refused, match="Không tìm thấy"):
        change_contact([one.id], NEW, by=other, at=at(LATER)).only()
    change_contact([one.id], NEW, by=office.citizen, at=at(LATER)).only()
    assert Dossier.objects.get(pk=one.id).owner_email == "moi@example.com"


def test_nothing_is_changed_once_all_is_over(place: Place) -> None:
    one = handed(place)
    withdraw([one], "Đơn xin rút", by=place.clerk, at=at("2026-11-03 09:00")).only()
    with pytest.raises(Refused, match="không còn gì"):
        changed(place, one)


def test_the_clerk_changes_it_from_the_page_and_sees_what_stood_there(office: Office) -> None:
    one = office.place.received("2026-11-16 08:00")
    client = office.enter(office.place.clerk)
    assert "viec/doi-lien-he/" in client.get(f"/ho-so/{one.code}/").content.decode()
    form = client.get(f"/ho-so/{one.code}/viec/doi-lien-he/").content.decode()
    assert 'value="0900000123"' in form
    said = {
        "phone": "0911222333", "email": "", "address": "Số 5", "return_method": "1", "told_by": "2", "seen": "1",
        "reason": "",
    }  # fmt: skip
    answer = client.post(f"/ho-so/{one.code}/viec/doi-lien-he/", said)
    assert answer.status_code == 422 and 'value="0911222333"' in answer.content.decode()
    client.post(f"/ho-so/{one.code}/viec/doi-lien-he/", {**said, "reason": "Gọi điện, đã xác minh"})
    assert Dossier.objects.get(pk=one.id).owner_address == "Số 5"


def test_the_owner_changes_it_on_their_own_page(office: Office) -> None:
    one = office.place.received("2026-11-16 08:00", owner_account_id=CITIZEN_ID)
    client = office.enter(office.citizen)
    assert f"/ho-so-cua-toi/{one.id}/lien-he/" in client.get(f"/ho-so-cua-toi/{one.id}/").content.decode()
    said = {
        "phone": "0911222333", "email": "", "address": "", "return_method": "1", "told_by": "3", "seen": "1",
    }  # fmt: skip
    answer = client.post(f"/ho-so-cua-toi/{one.id}/lien-he/", said)
    assert answer.status_code == 422 and "phải có địa chỉ" in answer.content.decode()
    answer = client.post(f"/ho-so-cua-toi/{one.id}/lien-he/", {**said, "address": "Số 5"})
    assert answer.status_code == 302
    assert Dossier.objects.get(pk=one.id).owner_phone == "0911222333"


def test_the_rest_of_an_envelope_follows_also_what_is_opened_later(place: Place) -> None:
    made = taken(place, a_group())
    born(place, made)  # the first has its result: the second and third are open
    first, second = member(made, 1), member(made, 2)
    changed(place, second, at=at("2026-11-23 11:00"))
    assert set(Dossier.objects.values_list("owner_phone", "return_method")) == {("0911222333", 1)}
    assert Envelope.objects.get().owner_email == "moi@example.com"
    return_result([first], "Mẫu", by=place.clerk, at=at("2026-11-23 12:00")).only()
    changed(place, second, replace(NEW, phone="0922333444"), at=at("2026-11-23 13:00"))
    assert Dossier.objects.get(pk=first).owner_phone == "0911222333", "given back: it stays as it was"


def test_a_change_that_is_refused_leaves_the_rest_of_the_envelope_alone(place: Place) -> None:
    made = taken(place, a_group())
    born(place, made)
    second, before = member(made, 2), set(Dossier.objects.values_list("id", "owner_phone", "version"))
    with pytest.raises(Refused, match="đã cũ"):
        changed(place, second, seen={second: 0}, at=at("2026-11-23 11:00"))
    assert set(Dossier.objects.values_list("id", "owner_phone", "version")) == before
    assert Envelope.objects.get().owner_phone == "0900000123"
