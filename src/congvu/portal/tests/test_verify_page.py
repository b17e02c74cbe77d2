"""The public page that checks signatures: no account, nothing kept, too much and too often refused early."""

from io import BytesIO
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from congvu.foundation.clock import now
from congvu.foundation.files.models import StoredFile
from congvu.foundation.papers.pdf import render
from congvu.foundation.signatures.authority import Authority
from congvu.foundation.signatures.keys import PERSON, from_file
from congvu.foundation.signatures.ring import key_ring
from congvu.foundation.signatures.sign import sign
from congvu.portal.web.verify import LIMIT

ADDRESS = "/kiem-tra-chu-ky/"
pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def authority() -> Any:
    from datetime import UTC, datetime

    ours = Authority("CA thử", datetime(2020, 1, 1, tzinfo=UTC), datetime(2045, 1, 1, tzinfo=UTC))
    return ours, ours.issue("Nguyễn Thị Ủy", "Sở <Nội> vụ"), ours.issue("Dấu thời gian", stamps_time=True)


@pytest.fixture
def signed(authority: Any, tmp_path: Any, settings: Any) -> bytes:
    settings.CONGVU_SIGNING = tmp_path
    ours, person, stamper = authority
    (tmp_path / "trust").mkdir()
    (tmp_path / "trust" / "goc.pem").write_bytes(ours.pem())
    stamper.save(tmp_path / "stamp.p12", "")
    key = from_file(person.save(tmp_path / "people" / "uy.p12", ""), "", PERSON)
    paper = render("foundation/signatures/tests/paper.typ", {"said": "Chấp thuận."})
    return sign(paper, key, trust=key_ring().trust(), stamping=key_ring().stamping(), at=now())


def send(client: Client, content: bytes, name: str = "ket-qua.pdf") -> Any:
    return client.post(ADDRESS, {"tep": SimpleUploadedFile(name, content)})


def test_a_valid_file_says_who_and_is_not_kept(signed: bytes) -> None:
    client = Client(enforce_csrf_checks=True)
    page = client.get(ADDRESS).content.decode()
    assert 'type="file"' in page
    answer = send(client, signed)
    text = answer.content.decode()
    assert answer.status_code == 200 and "Chữ ký hợp lệ" in text
    assert "Nguyễn Thị Ủy" in text and "Sở &lt;Nội&gt; vụ" in text and "có dấu thời gian" in text
    assert not StoredFile.objects.exists()


def test_each_wrong_one_is_told_apart(signed: bytes, tmp_path: Any) -> None:
    client = Client()
    changed = signed[:1500] + bytes([signed[1500] ^ 1]) + signed[1501:]
    assert "đã bị thay đổi sau khi ký" in send(client, changed).content.decode()
    assert "Không đọc được" in send(client, b"rac", "<b>.pdf").content.decode()
    plain = render("foundation/signatures/tests/paper.typ", {"said": "x"})
    assert "không có chữ ký số" in send(client, plain).content.decode()
    (tmp_path / "trust" / "goc.pem").unlink()
    assert "tin cậy cấp" in send(client, signed).content.decode()


def test_nothing_chosen(signed: bytes) -> None:
    answer = Client().post(ADDRESS, {})
    assert answer.status_code == 422 and "Chưa chọn tệp" in answer.content.decode()


def test_300_megabytes_are_refused_before_they_are_read() -> None:
    class Unread(BytesIO):
        def read(self, *_: Any) -> bytes:
            raise AssertionError("the file was read")

    answer = Client().generic(
        "POST",
        ADDRESS,
        b"",
        content_type="multipart/form-data; boundary=x",
        CONTENT_LENGTH=str(300 * 1024 * 1024),
        **{"wsgi.input": Unread()},
    )
    assert answer.status_code == 413 and "20 MB" in answer.content.decode()


def test_too_often_is_refused(signed: bytes) -> None:
    client = Client()
    answers = [send(client, b"rac").status_code for _ in range(LIMIT + 1)]
    assert answers == [200] * LIMIT + [429]
