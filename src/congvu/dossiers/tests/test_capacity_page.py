"""As whom one signs is said before signing, a missing right refuses early; a signed result shows its check code."""

from typing import Any

import pytest

from congvu.dossiers.models import Dossier, DossierResult, DossierStep, SigningMandate
from congvu.dossiers.tests.conftest import CITIZEN_ID, Office
from congvu.dossiers.tests.keyed import a_mandate, at_the_signature, said
from congvu.dossiers.tests.make import at
from congvu.dossiers.web.signing import sign_dossiers
from congvu.foundation.signatures.ring import key_ring

pytestmark = pytest.mark.django_db
NOW = at("2026-11-20 14:32")


def form_of(office: Office, one: Dossier) -> str:
    answer = office.enter(office.place.chairman).get(f"/ho-so/{one.code}/viec/ky-so/")
    return str(answer.content.decode())


def test_the_form_says_as_whom_of_which_agency_and_by_which_decision(keyed: Office, counting: Any) -> None:
    place, one = keyed.place, at_the_signature(keyed)
    SigningMandate.objects.all().delete()
    a_mandate(
        place.chairman, place.province, "KT.", title="Phó Chủ tịch", head="Chủ tịch", basis="12/QĐ-UBND ngày 05/11/2026"
    )  # fmt: skip
    client, address = keyed.enter(place.chairman), f"/ho-so/{one.code}/viec/ky-so/"
    client.get(address)
    with counting(8):
        page = client.get(address).content.decode()
    for words in (
        "KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH", "Ký thay cấp trưởng", "Điều 13.1", "UBND tỉnh Bình Giang, có chữ ký số của cơ quan",
        "12/QĐ-UBND ngày 05/11/2026", "Mật khẩu khóa ký",
    ):  # fmt: skip
        assert words in page, words


def test_who_signs_a_step_of_an_agency_below_is_told_in_whose_name_the_paper_goes_out(keyed: Office) -> None:
    one = at_the_signature(keyed)
    DossierStep.objects.filter(dossier=one, state=1).update(unit=keyed.place.home_affairs)
    page = form_of(keyed, one)
    assert "Bước ký này của Sở Nội vụ; bạn ký thì văn bản đứng tên UBND tỉnh Bình Giang." in page


def test_without_a_mandate_the_form_is_not_offered_and_says_why(keyed: Office) -> None:
    one = at_the_signature(keyed)
    SigningMandate.objects.all().delete()
    page = form_of(keyed, one)
    assert "chưa được ghi thẩm quyền" in page and "NĐ 30/2020, Điều 13" in page and "/tham-quyen-ky/" in page
    assert "Mật khẩu khóa ký" not in page


def test_without_a_key_the_form_is_not_offered_and_says_why(keyed: Office) -> None:
    one = at_the_signature(keyed)
    (key_ring().folder / "people" / f"{keyed.place.chairman.username}.p12").unlink()
    page = form_of(keyed, one)
    assert "Chưa có khóa ký số" in page and "Mật khẩu khóa ký" not in page


def test_of_a_set_each_line_says_as_whom_and_those_without_the_right_stand_apart(
    keyed: Office, counting: Any
) -> None:
    place = keyed.place
    ones = [at_the_signature(keyed) for _ in range(2)]
    client = keyed.enter(place.chairman)
    asked = {"viec": "ky-so", "chon": [f"{one.pk}.{one.version}" for one in ones]}
    client.post("/viec-cua-toi/hang-loat/", asked)
    with counting(8):
        page = client.post("/viec-cua-toi/hang-loat/", asked).content.decode()
    assert page.count("ký: TM. ỦY BAN NHÂN DÂN, CHỦ TỊCH; UBND tỉnh Bình Giang") == 2
    SigningMandate.objects.update(procedures=["9.999999"])
    page = client.post("/viec-cua-toi/hang-loat/", asked).content.decode()
    assert page.count("không gồm thủ tục") == 2 and "Sẽ làm" not in page


def test_a_signed_result_shows_its_code_and_square_to_the_officer_and_to_its_owner(keyed: Office) -> None:
    place, one = keyed.place, at_the_signature(keyed)
    Dossier.objects.filter(pk=one.pk).update(owner_account_id=CITIZEN_ID)
    assert sign_dossiers([one.pk], said(), by=place.chairman, at=NOW).done
    code = DossierResult.objects.get(dossier=one).check_code
    assert code is not None
    for who, address in (
        (place.chairman, f"/ho-so/{one.code}/"),
        (keyed.citizen, f"/ho-so-cua-toi/{one.pk}/"),
    ):
        page = keyed.enter(who).get(address).content.decode()
        assert (
            f'href="/kiem-tra-chu-ky/?ma={code}"' in page and "<svg" in page.split("Mã kiểm tra")[0][-4000:]
        )
        assert f"{code[:4]}-{code[4:8]}-{code[8:]}" in page
