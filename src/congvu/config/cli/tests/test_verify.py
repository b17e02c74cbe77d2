"""`congvu verify`: the words, the document and the exit code of each finding, with real signatures."""

import json
from datetime import UTC, datetime
from functools import cache
from pathlib import Path

import pytest

from congvu.config.cli.main import main
from congvu.foundation import clock
from congvu.foundation.papers.pdf import render
from congvu.foundation.signatures.authority import Authority, Issued
from congvu.foundation.signatures.keys import PERSON, from_file
from congvu.foundation.signatures.sign import sign
from congvu.foundation.signatures.stamping import StampingAuthority
from congvu.foundation.signatures.trust import read_trust

NOW = datetime(2026, 11, 20, 7, 32, tzinfo=UTC)


@cache
def keys() -> tuple[Authority, Issued, Issued]:
    ours = Authority("CA thử", datetime(2020, 1, 1, tzinfo=UTC), datetime(2045, 1, 1, tzinfo=UTC))
    return ours, ours.issue("Nguyễn Thị Ủy", "Sở Nội vụ"), ours.issue("Dấu thời gian", stamps_time=True)


@pytest.fixture
def trusted(tmp_path: Path) -> Path:
    folder = tmp_path / "tin-cay"
    folder.mkdir()
    ours = keys()[0]
    (folder / "goc.pem").write_bytes(ours.pem())
    (folder / "thu-hoi.crl").write_bytes(ours.crl(datetime(2026, 11, 1, tzinfo=UTC)))
    return folder


@pytest.fixture
def signed(tmp_path: Path, trusted: Path) -> Path:
    _, person, stamper = keys()
    key, own = (
        from_file(one.save(tmp_path / f"{n}.p12", ""), "", PERSON) for n, one in enumerate((person, stamper))
    )
    paper = render("foundation/signatures/tests/paper.typ", {"said": "Chấp thuận."})
    made = tmp_path / "ket-qua.pdf"
    made.write_bytes(sign(paper, key, trust=read_trust(trusted), stamping=StampingAuthority(own=own), at=NOW))
    return made


def ask(capsys: pytest.CaptureFixture[str], *words: str) -> tuple[int, dict[str, object]]:
    with clock.frozen(NOW):
        code = main(["verify", *words, "--json"])
    return code, json.loads(capsys.readouterr().out)


def test_a_signed_file_is_valid(signed: Path, trusted: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code, told = ask(capsys, str(signed), "--trust", str(trusted))
    assert (code, told["valid"], told["finding"], told["changed_after"]) == (0, True, "valid", False)
    (one,) = told["signers"]  # type: ignore[misc]
    assert (one["name"], one["organisation"], one["timestamped"]) == ("Nguyễn Thị Ủy", "Sở Nội vụ", True)
    assert one["signed_at"] == "2026-11-20T14:32:00+07:00"


def test_for_people_in_vietnamese(signed: Path, trusted: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["verify", str(signed), "--trust", str(trusted)]) == 0
    said = capsys.readouterr().out
    assert "Chữ ký hợp lệ" in said and "Nguyễn Thị Ủy, Sở Nội vụ: 20/11/2026 14:32 (có dấu thời gian)" in said


def test_a_foreign_file(signed: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "khong-tin-ai").mkdir()
    code, told = ask(capsys, str(signed), "--trust", str(tmp_path / "khong-tin-ai"))
    assert (code, told["valid"], told["finding"], told["changed_after"]) == (1, False, "foreign", False)


def test_a_changed_file(signed: Path, trusted: Path, capsys: pytest.CaptureFixture[str]) -> None:
    content = signed.read_bytes()
    signed.write_bytes(content[:1500] + bytes([content[1500] ^ 1]) + content[1501:])
    code, told = ask(capsys, str(signed), "--trust", str(trusted))
    assert (code, told["valid"], told["finding"], told["changed_after"]) == (1, False, "tampered", True)


def test_a_file_over_half_a_gigabyte_is_refused_unread(
    tmp_path: Path, trusted: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "lon.pdf"
    with path.open("wb") as big:
        big.truncate(600 * 1024 * 1024)  # no block of it is on the disk
    code, told = ask(capsys, str(path), "--trust", str(trusted))
    assert code == 2 and "Tệp lớn hơn 512 MB." in told["error"]["what"]  # type: ignore[index]


def test_an_unsigned_file(tmp_path: Path, trusted: Path, capsys: pytest.CaptureFixture[str]) -> None:
    plain = tmp_path / "chua-ky.pdf"
    plain.write_bytes(render("foundation/signatures/tests/paper.typ", {"said": "x"}))
    code, told = ask(capsys, str(plain), "--trust", str(trusted))
    assert (code, told["finding"], told["signers"]) == (1, "unsigned", [])


def test_a_file_whose_end_lies_far_before_its_last_byte_is_no_pdf_and_costs_no_search(
    tmp_path: Path, trusted: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    long = tmp_path / "dai.pdf"
    long.write_bytes(render("foundation/signatures/tests/paper.typ", {"said": "x"}) + bytes(100_000))
    code, told = ask(capsys, str(long), "--trust", str(trusted))
    assert code == 2 and "Không đọc được tệp này như một PDF" in told["error"]["what"]  # type: ignore[index]


@pytest.mark.parametrize("content", [None, b"", b"khong phai pdf", b"%PDF-1.7 cut"])
def test_what_is_no_pdf_is_a_wrong_input(
    tmp_path: Path, trusted: Path, content: bytes | None, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "x.pdf"
    if content is not None:
        path.write_bytes(content)
    code, told = ask(capsys, str(path), "--trust", str(trusted))
    assert code == 2 and told["error"]
