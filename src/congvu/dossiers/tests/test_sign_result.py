"""Signing results: one and many, with an answer for each; who may not; what is kept; the same press twice."""

from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.db import connection
from django.test.utils import CaptureQueriesContext

from congvu.dossiers.models import Dossier, DossierResult
from congvu.dossiers.rules.status import Status
from congvu.dossiers.tests.conftest import Office
from congvu.dossiers.tests.keyed import SECRET, SIGNED_AT, at_the_signature, keys, said
from congvu.dossiers.tests.make import at
from congvu.dossiers.web.signing import sign_dossiers
from congvu.foundation.audit.models import AuditEntry
from congvu.foundation.clock import legal
from congvu.foundation.files.actions import read_stored
from congvu.foundation.refusal import Refused
from congvu.foundation.signatures.ring import key_ring
from congvu.foundation.signatures.verify import verify

pytestmark = pytest.mark.django_db


def sign(office: Office, *ones: Dossier, **more: Any) -> Any:
    return sign_dossiers([one.pk for one in ones], said(**more), by=office.place.chairman, at=SIGNED_AT)


def test_the_result_is_signed_by_person_and_organisation_and_the_dossier_is_finished(keyed: Office) -> None:
    one = at_the_signature(keyed)
    assert sign(keyed, one).only().dossier_id == one.pk
    one.refresh_from_db()
    result = DossierResult.objects.get(dossier=one)
    assert (one.status, result.name, result.signer) == (Status.FINISHED, "Chấp thuận", "Vũ Chủ Tịch")
    assert result.signed_on == legal(SIGNED_AT).date() and result.file is not None
    verdict = verify(read_stored(result.file), key_ring().trust(), at=SIGNED_AT)
    assert verdict.valid and [signer.name for signer in verdict.signers] == [
        "Vũ Chủ Tịch",
        "UBND tỉnh Bình Giang",
    ]
    (told,) = AuditEntry.objects.filter(verb="sign", object_id=one.pk)
    assert told.after["file"] == result.file.sha256 and told.actor_id == keyed.place.chairman.account_id


def test_the_same_press_twice_signs_once(keyed: Office) -> None:
    one = at_the_signature(keyed)
    sign(keyed, one)
    again = sign(keyed, one)
    assert [done.dossier_id for done in again.done] == [one.pk] and not again.refused
    assert DossierResult.objects.filter(dossier=one).count() == 1
    assert AuditEntry.objects.filter(verb="sign", object_id=one.pk).count() == 1


def test_in_a_set_each_has_its_own_answer(keyed: Office) -> None:
    ready, other = at_the_signature(keyed), at_the_signature(keyed)
    early = Dossier.objects.get(pk=keyed.place.received("2026-11-20 08:00").id)
    answer = sign(keyed, ready, early, other)
    assert [one.dossier_id for one in answer.done] == [ready.pk, other.pk]
    (not_done,) = answer.refused
    assert not_done.dossier_id == early.pk and "trạng thái" in not_done.refusal.what
    early.refresh_from_db()
    assert early.status == Status.RECEIVED and not DossierResult.objects.filter(dossier=early).exists()


def test_statements_do_not_grow_with_the_set(keyed: Office) -> None:
    counts = []
    sign(keyed, at_the_signature(keyed))  # what a process reads once
    for size in (1, 4):
        ones = [at_the_signature(keyed) for _ in range(size)]
        with CaptureQueriesContext(connection) as told:
            assert len(sign(keyed, *ones).done) == size
        counts.append(len(told))
    assert counts[0] == counts[1] <= 20


def test_a_revoked_certificate_signs_nothing_and_says_why(keyed: Office) -> None:
    authority, chairman, *_ = keys()
    authority.revoke(chairman, at("2026-11-20 00:00"))
    folder = Path(settings.CONGVU_SIGNING) / "trust"
    (folder / "thu-hoi.crl").write_bytes(authority.crl(at("2026-11-21 00:00")))
    one = at_the_signature(keyed)
    with pytest.raises(Refused, match="thu hồi ngày 20/11/2026"):
        sign(keyed, one)
    one.refresh_from_db()
    assert one.status == Status.HANDLING and not DossierResult.objects.filter(dossier=one).exists()


def test_an_expired_certificate_signs_nothing_and_says_since_when(keyed: Office) -> None:
    authority, *_ = keys()
    ended = authority.issue("Vũ Chủ Tịch", "UBND tỉnh Bình Giang", valid_to=at("2026-11-20 00:00"))
    path = Path(settings.CONGVU_SIGNING) / "people" / f"{keyed.place.chairman.username}.p12"
    path.unlink()
    ended.save(path, SECRET)
    one = at_the_signature(keyed)
    with pytest.raises(Refused, match="hết hạn từ 20/11/2026"):
        sign(keyed, one)
    one.refresh_from_db()
    assert one.status == Status.HANDLING and not DossierResult.objects.filter(dossier=one).exists()


def test_a_wrong_secret_signs_nothing(keyed: Office) -> None:
    with pytest.raises(Refused, match="Mật khẩu khóa ký không đúng"):
        sign(keyed, at_the_signature(keyed), secret="sai")


def test_only_a_leader_signs(keyed: Office) -> None:
    one = at_the_signature(keyed)
    path = Path(settings.CONGVU_SIGNING) / "people"
    keys()[1].save(path / f"{keyed.place.specialist.username}.p12", SECRET)
    with pytest.raises(Refused, match="thẩm quyền"):
        sign_dossiers([one.pk], said(), by=keyed.place.specialist, at=SIGNED_AT)


def test_a_leader_signs_many_on_the_screen(keyed: Office) -> None:
    ones = [at_the_signature(keyed) for _ in range(3)]
    client = keyed.enter(keyed.place.chairman)
    chosen = {"viec": "ky-so", "chon": [f"{one.pk}.{one.version}" for one in ones]}
    asked = client.post("/viec-cua-toi/hang-loat/", chosen).content.decode()
    assert "Mật khẩu khóa ký" in asked and 'type="password"' in asked
    answer = client.post("/viec-cua-toi/hang-loat/", {**chosen, **said(), "dong-y": "1"})
    assert answer.status_code == 200
    assert Dossier.objects.filter(pk__in=[one.pk for one in ones], status=Status.FINISHED).count() == 3
    wrong = client.post(
        "/viec-cua-toi/hang-loat/",
        {"viec": "ky-so", "chon": [f"{at_the_signature(keyed).pk}.9"], **said(secret="sai"), "dong-y": "1"},
    )
    assert (
        wrong.status_code == 422
        and SECRET not in wrong.content.decode()
        and "sai" not in wrong.content.decode()
    )


def test_a_leader_signs_the_paper_brought(keyed: Office) -> None:
    from django.core.files.uploadedfile import SimpleUploadedFile

    from congvu.foundation.papers.pdf import render

    one = at_the_signature(keyed)
    paper = render("foundation/signatures/tests/paper.typ", {"said": "Quyết định riêng"})
    client = keyed.enter(keyed.place.chairman)
    sent = {**said(), "number": "12/QĐ-UBND", "seen": one.version, "tep": SimpleUploadedFile("qd.pdf", paper)}
    answer = client.post(f"/ho-so/{one.code}/viec/ky-so/", sent)
    assert answer.status_code == 302, answer.content.decode()
    result = DossierResult.objects.get(dossier=one)
    assert result.number == "12/QĐ-UBND" and result.file is not None
    assert read_stored(result.file).startswith(paper)  # the paper itself, and signatures after it


def test_the_seal_comes_only_after_the_hand(keyed: Office) -> None:
    from congvu.foundation.papers.pdf import render
    from congvu.foundation.signatures.sign import sign as sign_paper

    ring = key_ring()
    seal = ring.seal(keyed.place.province.pk)
    assert seal is not None
    paper = render("foundation/signatures/tests/paper.typ", {"said": "Chưa ai ký"})
    with pytest.raises(Refused, match="chưa có chữ ký số của người có thẩm quyền"):
        sign_paper(paper, seal, trust=ring.trust(), stamping=ring.stamping(), at=SIGNED_AT)
