"""A revocation list asked of its authority when a paper is signed, over HTTP, as CONGVU_FETCH_REVOCATION=1 sets it."""

import threading
from collections.abc import Iterator
from datetime import UTC, datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from congvu.foundation.papers.pdf import render
from congvu.foundation.refusal import Refused
from congvu.foundation.signatures.authority import Authority
from congvu.foundation.signatures.keys import PERSON, Credential, from_file
from congvu.foundation.signatures.sign import check, sign
from congvu.foundation.signatures.stamping import StampingAuthority
from congvu.foundation.signatures.trust import Trust, read_trust
from congvu.foundation.signatures.verify import Finding, verify

NOW = datetime(2026, 11, 20, 3, tzinfo=UTC)


class Lists:
    """The authority's own web address: what it answers, and how often it was asked."""

    def __init__(self) -> None:
        self.answer: bytes | None = b""
        self.asked = 0
        outer = self

        class Answer(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                outer.asked += 1
                self.send_response(200 if outer.answer else 503)
                self.send_header("Content-Type", "application/pkix-crl")
                self.end_headers()
                self.wfile.write(outer.answer or b"")

            def log_message(self, *args: object) -> None:
                pass

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Answer)
        self.url = f"http://127.0.0.1:{self.server.server_port}/thu-hoi.crl"
        threading.Thread(target=self.server.serve_forever, daemon=True).start()


@pytest.fixture
def lists() -> Iterator[Lists]:
    made = Lists()
    yield made
    made.server.shutdown()
    made.server.server_close()


@pytest.fixture
def world(tmp_path: Path, lists: Lists) -> tuple[Authority, Credential, Trust]:
    authority = Authority("CA có địa chỉ", datetime(2020, 1, 1, tzinfo=UTC), datetime(2045, 1, 1, tzinfo=UTC))
    person = authority.issue("Nguyễn Thị Ủy", list_at=lists.url)
    trusted = tmp_path / "trust"
    trusted.mkdir()
    (trusted / "goc.pem").write_bytes(authority.pem())
    key = from_file(person.save(tmp_path / "uy.p12", "mật khẩu"), "mật khẩu", PERSON)
    authority.revoked.clear()
    return authority, key, read_trust(trusted, fetch=True)


def test_a_certificate_the_authority_took_back_is_refused(
    world: tuple[Authority, Credential, Trust], lists: Lists
) -> None:
    authority, key, trust = world
    lists.answer = authority.crl(datetime(2026, 11, 19, tzinfo=UTC))
    check(key, trust, NOW)
    assert lists.asked
    authority.revoked[key.certificate.serial_number] = datetime(2026, 11, 10, tzinfo=UTC)
    lists.answer = authority.crl(datetime(2026, 11, 19, tzinfo=UTC))
    with pytest.raises(Refused, match="thu hồi ngày 10/11/2026"):
        check(key, trust, NOW)


def test_an_authority_that_does_not_answer_is_no_obstacle(
    world: tuple[Authority, Credential, Trust], lists: Lists
) -> None:
    _, key, trust = world
    lists.answer = None
    check(key, trust, NOW)
    assert lists.asked


def test_without_the_setting_nobody_is_asked(
    world: tuple[Authority, Credential, Trust], lists: Lists, tmp_path: Path
) -> None:
    _, key, _ = world
    check(key, read_trust(tmp_path / "trust"), NOW)
    assert not lists.asked


def test_a_file_that_is_checked_names_no_address_we_call(
    world: tuple[Authority, Credential, Trust], lists: Lists, tmp_path: Path
) -> None:
    authority, key, trust = world
    lists.answer = authority.crl(datetime(2026, 11, 19, tzinfo=UTC))
    stamping = StampingAuthority(
        own=from_file(
            authority.issue("Dấu thời gian", stamps_time=True).save(tmp_path / "s.p12", ""), "", PERSON
        )
    )
    paper = render("foundation/signatures/tests/paper.typ", {"said": "Chấp thuận."})
    signed = sign(paper, key, trust=trust, stamping=stamping, at=NOW)
    lists.asked = 0
    assert verify(signed, trust, at=NOW).finding == Finding.VALID
    assert verify(signed, Trust(fetch=True), at=NOW).finding == Finding.FOREIGN
    assert not lists.asked
