"""Large sets: kept, worked off share by share, an answer for each; left and come back to; never done twice."""

from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.db import OperationalError

from congvu.dossiers.actions.batches import Share, order_batch, work_share
from congvu.dossiers.actions.hand_over import hand_over
from congvu.dossiers.actions.receive import receive
from congvu.dossiers.models import Batch, BatchLine, BatchState, Dossier, DossierResult, LineState
from congvu.dossiers.rules.status import Status
from congvu.dossiers.tests.conftest import Office
from congvu.dossiers.tests.keyed import SECRET, at_the_signature, keys, said
from congvu.dossiers.tests.make import at
from congvu.dossiers.web.batch_work import work_all
from congvu.foundation.audit.models import AuditEntry
from congvu.foundation.identity.models import Grant

NOW = at("2026-11-20 14:32")
BULK = "/viec-cua-toi/hang-loat/"
pytestmark = pytest.mark.django_db


def sign_many(office: Office, ones: list[Dossier], **more: Any) -> Any:
    chosen = {"viec": "ky-so", "chon": [f"{one.pk}.{one.version}" for one in ones]}
    client = office.enter(office.place.chairman)
    return client, client.post(BULK, {**chosen, **said(**more), "dong-y": "1"})


def waiting_secrets() -> list[Path]:
    return list((Path(settings.CONGVU_SIGNING) / "waiting").glob("*"))


def test_a_large_set_is_signed_by_the_worker_with_an_answer_for_each(keyed: Office) -> None:
    ones = [at_the_signature(keyed) for _ in range(23)]
    Dossier.objects.filter(pk=ones[15].pk).update(version=99)  # somebody was faster
    client, answer = sign_many(keyed, ones)
    batch = Batch.objects.get()
    assert answer.status_code == 302 and answer.headers["Location"] == f"/viec-cua-toi/luot/{batch.pk}/"
    assert BatchLine.objects.filter(state=LineState.DONE).count() == 10, "the first share is done at once"
    assert SECRET not in str(batch.words) + batch.unlocks
    (sealed,) = waiting_secrets()
    assert SECRET.encode() not in sealed.read_bytes() and sealed.stat().st_mode & 0o077 == 0
    assert [work_all(NOW), work_all(NOW), work_all(NOW)] == [1, 0, 0]
    batch.refresh_from_db()
    assert batch.state == BatchState.ENDED and batch.unlocks == "" and waiting_secrets() == []
    page = client.get(f"/viec-cua-toi/luot/{batch.pk}/").content.decode()
    assert page.count("Chưa được") == 1 and "vừa được người khác xử lý" in page
    assert Dossier.objects.filter(status=Status.FINISHED).count() == 22
    assert DossierResult.objects.count() == 22


def test_a_dossier_outside_the_readers_scope_keeps_only_its_number_and_the_answer(keyed: Office) -> None:
    mine = [Dossier.objects.get(pk=keyed.place.received("2026-11-16 08:00").id) for _ in range(2)]
    for one in mine:
        hand_over([one.pk], by=keyed.place.clerk, at=at("2026-11-16 09:00")).only()
    elsewhere = keyed.place.stranger_clerk
    unit = elsewhere.held[0].unit_id
    intake = keyed.place.intake("Phạm Văn Kín", receiving_unit_id=unit, competent_unit_id=unit)
    (far,) = receive([intake], by=elsewhere, at=at("2026-11-16 08:00"))
    client = keyed.enter(keyed.place.specialist)
    sent = {"viec": "chuyen-buoc", "chon": [f"{mine[0].pk}.2", f"{far.id}.1"]}
    asked = client.post(BULK, sent).content.decode()
    assert "Nguyễn Thị Mẫu" in asked and "Phạm Văn Kín" not in asked
    done = client.post(BULK, {**sent, "dong-y": "1"}).content.decode()
    assert "Nguyễn Thị Mẫu" in done and f"số {far.id}" in done and "trong phạm vi của bạn" in done
    assert "Phạm Văn Kín" not in done and f"/{far.code}/" not in done
    # a batch ordered for both, as one kept from before they went out of sight
    specialist = keyed.place.specialist
    batch = order_batch("chuyen-buoc", {}, {mine[1].pk: 2, far.id: 1}, by=specialist, at=NOW)
    page = client.get(f"/viec-cua-toi/luot/{batch.pk}/").content.decode()
    assert mine[1].code and mine[1].code in page and str(far.id) in page
    assert "Phạm Văn Kín" not in page and str(far.code) not in page


def test_numbers_of_no_dossier_are_told_and_not_ordered(keyed: Office) -> None:
    ones = [at_the_signature(keyed) for _ in range(11)]
    client = keyed.enter(keyed.place.chairman)
    unknown = 987654321012345678
    chosen = {"viec": "ky-so", "chon": [f"{one.pk}.{one.version}" for one in ones] + [f"{unknown}.1"]}
    answer = client.post(BULK, {**chosen, **said(), "dong-y": "1"}, follow=True)
    assert answer.status_code == 200 and f"số {unknown}" in answer.content.decode()
    assert Batch.objects.get().total == 11
    alone = {"viec": "ky-so", "chon": [f"{unknown + nth}.1" for nth in range(11)], **said(), "dong-y": "1"}
    assert client.post(BULK, alone).status_code == 422
    for nonsense in ("9" * 30 + ".1", "1." + "9" * 30, "²³.1"):
        assert client.post(BULK, {"viec": "ky-so", "chon": [nonsense]}).status_code == 422


def test_a_share_that_dies_is_done_again_and_nothing_twice(keyed: Office, monkeypatch: Any) -> None:
    ones = [at_the_signature(keyed) for _ in range(12)]
    sign_many(keyed, ones)
    with monkeypatch.context() as broken, pytest.raises(OperationalError):
        broken.setattr(BatchLine.objects.__class__, "bulk_update", _dies)
        work_all(NOW)  # signed and written, but the process dies before the answer is kept
    assert DossierResult.objects.count() == 10, "what the share did went with it"
    assert work_all(NOW) == 0
    assert DossierResult.objects.count() == 12 == BatchLine.objects.filter(state=LineState.DONE).count()
    assert AuditEntry.objects.filter(verb="sign").count() == 12


def _dies(*args: Any, **kwargs: Any) -> None:
    raise OperationalError("the connection is lost")


def test_a_wrong_secret_is_told_at_once_and_orders_nothing(keyed: Office) -> None:
    _, answer = sign_many(keyed, [at_the_signature(keyed) for _ in range(11)], secret="sai rồi")
    assert answer.status_code == 422 and "Mật khẩu khóa ký không đúng" in answer.content.decode()
    assert not Batch.objects.exists() and waiting_secrets() == []


def test_a_certificate_revoked_meanwhile_stops_the_batch_and_it_goes_on_when_mended(keyed: Office) -> None:
    ones = [at_the_signature(keyed) for _ in range(12)]
    client, _ = sign_many(keyed, ones)
    authority, chairman, *_ = keys()
    folder = Path(settings.CONGVU_SIGNING) / "trust"
    authority.revoke(chairman, at("2026-11-20 14:00"))
    (folder / "thu-hoi.crl").write_bytes(authority.crl(at("2026-11-20 14:00")))
    assert work_all(NOW) == 0
    batch = Batch.objects.get()
    assert batch.state == BatchState.STOPPED and "thu hồi" in batch.why and waiting_secrets() == []
    address = f"/viec-cua-toi/luot/{batch.pk}/"
    assert "thu hồi" in client.get(address).content.decode()
    authority.revoked.clear()
    (folder / "thu-hoi.crl").write_bytes(authority.crl(at("2026-11-20 14:10")))
    assert client.post(address, {"viec": "tiep", "secret": "sai"}).status_code == 422
    assert client.post(address, {"viec": "tiep", "secret": SECRET}).status_code == 302
    batch.refresh_from_db()
    assert batch.state == BatchState.ENDED and DossierResult.objects.count() == 12


def test_a_secret_sealed_for_more_than_an_hour_is_not_used(keyed: Office) -> None:
    sign_many(keyed, [at_the_signature(keyed) for _ in range(12)])
    work_all(at("2026-11-20 15:33"))
    assert "nhập lại mật khẩu" in Batch.objects.get().why and DossierResult.objects.count() == 10


def test_who_lost_the_role_signs_no_further(keyed: Office) -> None:
    sign_many(keyed, [at_the_signature(keyed) for _ in range(12)])
    Grant.objects.filter(account_id=keyed.place.chairman.account_id).delete()
    work_all(NOW)
    assert "không còn vai trò" in Batch.objects.get().why and DossierResult.objects.count() == 10


def test_the_page_works_by_itself_when_no_worker_does(keyed: Office, frozen_clock: Any) -> None:
    client, answer = sign_many(keyed, [at_the_signature(keyed) for _ in range(12)])
    address, htmx = answer.headers["Location"], {"HX-Request": "true"}
    assert 'value="lam"' not in client.get(address, headers=htmx).content.decode()
    frozen_clock.move_to(at("2026-11-20 14:33"))
    assert 'value="lam"' in client.get(address, headers=htmx).content.decode()
    done = client.post(address, {"viec": "lam"}, headers=htmx)
    assert done.headers["HX-Refresh"] == "true" and DossierResult.objects.count() == 12


def test_a_batch_can_be_stopped_and_is_nobody_elses(keyed: Office) -> None:
    client, answer = sign_many(keyed, [at_the_signature(keyed) for _ in range(12)])
    address = answer.headers["Location"]
    other = keyed.enter(keyed.place.leader)
    assert other.get(address).status_code == 404 and other.post(address, {"viec": "dung"}).status_code == 404
    assert len(waiting_secrets()) == 1
    client.post(address, {"viec": "dung"})
    assert waiting_secrets() == [], "the secret does not outlive the stop"
    assert work_all(NOW) == 0 and DossierResult.objects.count() == 10
    assert "Tạm dừng" in client.get("/viec-cua-toi/luot/").content.decode()


def test_one_bad_dossier_stops_no_other(office: Office) -> None:
    place = office.place
    ones = [place.received() for _ in range(3)]
    batch = order_batch("x", {}, {one.id: 1 for one in ones}, by=place.clerk, at=NOW)

    def do(seen: Any) -> Any:
        if ones[1].id in seen:
            raise ZeroDivisionError
        return hand_over(list(seen), by=place.clerk, at=NOW)

    assert work_share(batch.pk, do, most=9, at=NOW) is Share.LAST
    states = list(BatchLine.objects.order_by("order").values_list("state", flat=True))
    assert states == [LineState.DONE, LineState.REFUSED, LineState.DONE]


def test_a_quick_verb_over_a_large_set_is_done_when_its_page_opens(office: Office) -> None:
    place = office.place
    ones = [place.received() for _ in range(60)]
    client = office.enter(place.clerk)
    answer = client.post(
        BULK, {"viec": "chuyen-ho-so", "chon": [f"{one.id}.1" for one in ones], "dong-y": "1"}
    )
    page = client.get(answer.headers["Location"]).content.decode()
    assert answer.status_code == 302 and page.count("Đã xong") >= 60
    assert Dossier.objects.filter(status=Status.HANDLING).count() == 60


def test_the_pages_ask_little(keyed: Office, counting: Any) -> None:
    client, answer = sign_many(keyed, [at_the_signature(keyed) for _ in range(12)])
    with counting(6):
        client.get(answer.headers["Location"])
    with counting(2):
        client.get("/viec-cua-toi/luot/")
