"""A signed result is found by the code printed on it, or by its hash, without sending the file."""

from typing import Any

import pytest
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st

from congvu.dossiers.models import DossierResult
from congvu.dossiers.rules.check_codes import LENGTH, LETTERS, read_code, read_hash, spoken
from congvu.dossiers.tests.conftest import keyed, office
from congvu.dossiers.tests.keyed import at_the_signature, said
from congvu.dossiers.tests.make import at
from congvu.dossiers.web.signing import sign_dossiers
from congvu.portal.web.verify import LIMIT

__all__ = ["keyed", "office"]
ADDRESS = "/kiem-tra-chu-ky/"


@pytest.fixture
def result(keyed: Any, settings: Any) -> DossierResult:
    settings.CONGVU_ADDRESS = "https://motcua.example"
    one = at_the_signature(keyed)
    by = keyed.place.chairman
    assert sign_dossiers([one.pk], said(), by=by, at=at("2026-11-20 14:32"), number="12/QĐ-UBND").done
    return DossierResult.objects.select_related("file").get(dossier=one)


@pytest.mark.django_db
def test_the_code_on_the_paper_finds_the_original(result: DossierResult) -> None:
    page = Client().get(ADDRESS, {"ma": spoken(result.check_code or "").lower()}).content.decode()
    assert "Chữ ký hợp lệ" in page and "12/QĐ-UBND" in page and "TM. ỦY BAN NHÂN DÂN" in page
    assert "Nguyễn Thị Mẫu" not in page, "the citizen is nobody's business"


@pytest.mark.django_db
def test_the_hash_of_a_file_says_whether_it_is_the_original(result: DossierResult) -> None:
    client, code = Client(), result.check_code or ""
    assert result.file is not None
    assert "đúng là bản gốc" in client.get(ADDRESS, {"bam": result.file.sha256}).content.decode()
    other = client.get(ADDRESS, {"ma": code, "bam": "0" * 64})
    assert "khác bản gốc" in other.content.decode()


@pytest.mark.django_db
def test_what_is_not_there_or_no_code_is_told_apart_and_asking_is_limited(result: DossierResult) -> None:
    client = Client()
    assert client.get(ADDRESS, {"ma": "0" * LENGTH}).status_code == 404
    assert client.get(ADDRESS, {"ma": "ngắn"}).status_code == 422
    assert client.get(ADDRESS, {"bam": "xyz"}).status_code == 422
    for _ in range(LIMIT):
        client.get(ADDRESS, {"ma": "0" * LENGTH})
    assert client.get(ADDRESS, {"ma": result.check_code}).status_code == 429


@given(st.text(LETTERS, min_size=LENGTH, max_size=LENGTH))
def test_a_code_is_read_as_it_is_printed(code: str) -> None:
    assert read_code(spoken(code)) == code == read_code(f" {spoken(code).lower()} ")
    assert read_code(code.replace("0", "O").replace("1", "l")) == code
    assert read_hash(code) == ""
