"""The right to sign: recorded, ended, obeyed; by order and under authority another agency's head signs its papers."""

from datetime import date
from typing import Any

import pytest

from congvu.dossiers.access import visible_to
from congvu.dossiers.actions.complete_step import complete_step
from congvu.dossiers.actions.door import read
from congvu.dossiers.actions.hand_over import hand_over
from congvu.dossiers.actions.mandates import may_grant
from congvu.dossiers.actions.right_to_sign import right_to_sign
from congvu.dossiers.models import Dossier, DossierResult, SigningMandate
from congvu.dossiers.queries.mandates import mandates_of
from congvu.dossiers.rules.signing import issuing
from congvu.dossiers.tests.conftest import Office
from congvu.dossiers.tests.keyed import SECRET, a_mandate, at_the_signature, keys, said
from congvu.dossiers.tests.make import at
from congvu.dossiers.web.signing import sign_dossiers
from congvu.foundation.audit.models import AuditEntry
from congvu.foundation.files.actions import read_stored
from congvu.foundation.identity.models import Account, Delegation, Grant
from congvu.foundation.identity.queries import actor_for
from congvu.foundation.refusal import Refused
from congvu.foundation.signatures.ring import key_ring
from congvu.foundation.signatures.verify import verify
from congvu.organisation.queries import picture

pytestmark = pytest.mark.django_db
NOW = at("2026-11-20 14:32")
PAGE = "/tham-quyen-ky/"


def given_to_home_affairs(office: Office, **more: Any) -> Any:
    """The chairman's page: the head of home affairs signs the province's papers under authority."""
    typed = {
        "viec": "ghi", "account": office.place.leader.account_id, "unit": office.place.province.pk, "form": "TUQ.",
        "title": "Giám đốc Sở Nội vụ", "head": "Chủ tịch", "basis": "12/QĐ-UBND ngày 05/11/2026",
        "procedures": office.place.version.procedure.code, "valid_from": "06/11/2026", "valid_to": "31/12/2026", **more,
    }  # fmt: skip
    return office.enter(office.place.chairman).post(PAGE, typed)


def sign(office: Office, who: Any, *ones: Dossier) -> Any:
    actor = actor_for(Account.objects.get(pk=who.account_id), NOW.date())
    return sign_dossiers([one.pk for one in ones], said(), by=actor, at=NOW)


def test_under_authority_the_paper_and_the_seal_are_of_who_gave_it(keyed: Office) -> None:
    place, one = keyed.place, at_the_signature(keyed)
    keys()[1].save(key_ring().folder / "people" / f"{place.leader.username}.p12", SECRET)
    (not_yet,) = sign(keyed, place.leader, one).refused
    assert "chưa được ghi thẩm quyền" in not_yet.refusal.what and "Điều 13" in not_yet.refusal.article
    assert given_to_home_affairs(keyed).status_code == 302
    assert sign(keyed, place.leader, one).done
    result = DossierResult.objects.select_related("file").get(dossier=one)
    assert result.file is not None
    verdict = verify(read_stored(result.file), key_ring().trust(), at=NOW)
    assert verdict.valid
    assert [(s.name, s.capacity) for s in verdict.signers] == [
        ("Vũ Chủ Tịch", "TUQ. CHỦ TỊCH, GIÁM ĐỐC SỞ NỘI VỤ"),  # the key lent to the test
        ("UBND tỉnh Bình Giang", ""),
    ]
    told = AuditEntry.objects.get(verb="sign", object_id=one.pk).after
    assert told["as"] == "TUQ. CHỦ TỊCH, GIÁM ĐỐC SỞ NỘI VỤ"


def test_authority_is_never_passed_on(keyed: Office) -> None:
    given_to_home_affairs(keyed)
    place = keyed.place
    Delegation.objects.create(
        absent_id=place.leader.account_id, acting_id=place.specialist.account_id, reason="Nghỉ",
        valid_from=date(2026, 11, 19), valid_to=date(2026, 11, 25),
    )  # fmt: skip
    actor = actor_for(Account.objects.get(pk=place.specialist.account_id), NOW.date())
    assert actor.has("leader") and not actor.has("signer")
    assert given_to_home_affairs(keyed, via="Phó Giám đốc").status_code == 422


def test_what_the_law_does_not_allow_is_told_with_its_article_and_nothing_typed_is_lost(
    keyed: Office,
) -> None:
    answer = given_to_home_affairs(keyed, valid_to="")
    page = answer.content.decode()
    assert answer.status_code == 422 and "giới hạn thời gian" in page and "12/QĐ-UBND" in page
    assert SigningMandate.objects.count() == 1


def test_ended_it_signs_no_more(keyed: Office) -> None:
    given_to_home_affairs(keyed)
    place, one = keyed.place, at_the_signature(keyed)
    keys()[1].save(key_ring().folder / "people" / f"{place.leader.username}.p12", SECRET)
    made = SigningMandate.objects.get(form="TUQ.")
    chairman = keyed.enter(place.chairman)
    assert "TUQ. CHỦ TỊCH" in chairman.get(PAGE).content.decode()
    assert chairman.post(PAGE, {"viec": "thoi", "so": made.pk, "ngay": "ngay mai"}).status_code == 422
    assert chairman.post(PAGE, {"viec": "thoi", "so": made.pk, "ngay": "19/11/2026"}).status_code == 302
    assert Grant.objects.get(role="signer").valid_to == date(2026, 11, 19)
    assert sign(keyed, place.leader, one).refused
    assert AuditEntry.objects.filter(object_kind="mandate").count() == 2


def test_only_a_leader_of_the_agency_records_it(keyed: Office) -> None:
    page = keyed.enter(keyed.place.leader).post(
        PAGE, {"viec": "ghi", "unit": keyed.place.province.pk, "account": 5, "valid_from": "06/11/2026"}
    )
    assert page.status_code == 422 and not SigningMandate.objects.filter(form="").exists()
    mine = SigningMandate.objects.get()
    assert (
        keyed.enter(keyed.place.leader)
        .post(PAGE, {"viec": "thoi", "so": mine.pk, "ngay": "20/11/2026"})
        .status_code
        == 422
    )
    assert keyed.enter(keyed.place.specialist).get(PAGE).status_code == 403


def test_a_mandate_that_ended_at_the_agency_hides_none_above_it(keyed: Office) -> None:
    place = keyed.place
    a_mandate(place.chairman, place.home_affairs, "TM.", valid_to=date(2026, 10, 31))
    made = place.received("2026-11-16 08:00")
    hand_over([made.id], by=place.clerk, at=at("2026-11-16 09:00")).only()
    held, known = mandates_of(place.chairman), picture()
    agencies = [place.home_affairs.pk, place.province.pk]
    agency, mandate = issuing(agencies, held, NOW.date(), "1.012939")
    assert (agency, mandate.valid_to) == (place.province.pk, None)
    found, *_ = read([made.id], by=place.chairman, at=NOW)
    assert right_to_sign(found[made.id], "1.012939", held, known, NOW.date())[0] == place.province.pk
    SigningMandate.objects.filter(unit=place.province).delete()
    with pytest.raises(Refused, match="đã hết ngày 31/10/2026"):
        issuing(agencies, mandates_of(place.chairman), NOW.date(), "1.012939")


def test_who_signs_under_authority_does_not_lead_the_agency_that_gave_it(keyed: Office) -> None:
    given_to_home_affairs(keyed)
    place = keyed.place
    actor = actor_for(Account.objects.get(pk=place.leader.account_id), NOW.date())
    passed_on = {"viec": "ghi", "account": place.specialist.account_id, "unit": place.province.pk, "title": "Phó",
                 "valid_from": "20/11/2026"}  # fmt: skip
    assert keyed.enter(place.leader).post(PAGE, passed_on).status_code == 422
    sight = visible_to(actor, NOW.date())
    assert may_grant(place.province.pk, actor, sight) and not may_grant(place.home_affairs.pk, actor, sight)
    there = place.received("2026-11-20 08:00", competent_unit_id=place.province.pk)
    hand_over([there.id], by=place.clerk, at=NOW).only()
    with pytest.raises(Refused, match="đơn vị hoặc vai trò khác"):
        complete_step([there.id], by=actor, at=NOW).only()
    complete_step([there.id], by=place.chairman, at=NOW).only()


def test_a_deputy_signs_in_the_heads_stead_for_the_procedures_given(keyed: Office) -> None:
    place, one = keyed.place, at_the_signature(keyed)
    SigningMandate.objects.all().delete()
    mandate = a_mandate(
        place.chairman, place.province, "KT.", title="Phó Chủ tịch", head="Chủ tịch", procedures=["9.999999"]
    )
    (not_this,) = sign(keyed, place.chairman, one).refused
    assert "không gồm thủ tục" in not_this.refusal.what and "13.1" in not_this.refusal.article
    mandate.procedures = []
    mandate.save()
    assert sign(keyed, place.chairman, one).done


def test_the_page_asks_little(keyed: Office, counting: Any) -> None:
    given_to_home_affairs(keyed)
    client = keyed.enter(keyed.place.chairman)
    client.get(PAGE)
    with counting(8):
        client.get(PAGE)
