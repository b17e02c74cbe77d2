"""`congvu import cases`: what it prints and its exit codes."""

import json
from datetime import date
from pathlib import Path

import pytest

from congvu.config.cli import ready
from congvu.config.cli.main import main
from congvu.foundation.identity.actor import SYSTEM
from congvu.indicators.queries.imports import imported_counts

LOG = """mã hồ sơ;ngày tiếp nhận;ngày hẹn trả;ngày kết thúc;kênh;hoạt động;thời điểm;cán bộ
A;05/01/2026;12/01/2026;12/01/2026;Trực tuyến;Tiếp nhận;05/01/2026 08:10;Lê Văn A
A;05/01/2026;12/01/2026;12/01/2026;Trực tuyến;Thẩm định;07/01/2026 09:00;Lê Văn B
B;05/01/2026;12/01/2026;13/01/2026;Trực tiếp;Tiếp nhận;05/01/2026 08:20;Lê Văn A
C;05/01/2026;12/01/2026;;Bưu điện;Tiếp nhận;05/01/2026 09:00;Lê Văn A
D;05/01/2026;;06/01/2026;Trực tiếp;Tiếp nhận;05/01/2026 09:30;Lê Văn A
"""


@pytest.fixture
def log(tmp_path: Path, db: None, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(
        ready, "django_ready", lambda **_: None
    )  # pytest has brought Django and the tables up
    path = tmp_path / "log.csv"
    path.write_text(LOG, encoding="utf-8")
    return path


def test_one_document_with_counts_and_a_second_run_changes_nothing(
    log: Path, capsys: pytest.CaptureFixture[str]
):
    assert main(["import", "cases", str(log), "--json"]) == 0
    first = json.loads(capsys.readouterr().out)
    counts = {"cases": 4, "events": 5, "on_time": 1, "late": 1, "open": 1, "flagged": 1, "new": 4}
    assert {name: first[name] for name in counts} == counts
    assert first["mapping"]["due"] == "ngày hẹn trả"
    assert main(["import", "cases", str(log), "--json"]) == 0
    assert json.loads(capsys.readouterr().out) == {**first, "new": 0}


def test_people_read_counts_columns_and_doubts(log: Path, capsys: pytest.CaptureFixture[str]):
    assert main(["import", "cases", str(log)]) == 0
    told = capsys.readouterr()
    assert told.out == ""
    assert "đúng hạn 1 · quá hạn 1 · đang giải quyết 1 · chưa rõ, cần xem 1" in told.err
    assert "due = ngày hẹn trả" in told.err
    assert "1 vụ việc đã kết thúc nhưng không ghi hạn" in told.err


def test_the_statistics_page_counts_what_the_command_says(log: Path, capsys: pytest.CaptureFixture[str]):
    odd = (
        "E;05/01/2026;12/01/2026;02/01/2026;Trực tiếp;Tiếp nhận;05/01/2026 08:00;Lê Văn A\n"  # ended before it began
        "F;05/01/2026;12/01/2026;hôm qua;Trực tiếp;Tiếp nhận;05/01/2026 08:00;Lê Văn A\n"  # an end nobody can read
        "G;05/01/2026;02/01/2026;06/01/2026;Trực tiếp;Tiếp nhận;05/01/2026 08:00;Lê Văn A\n"  # due before it began
        "H;05/01/2026;;;Trực tiếp;Tiếp nhận;05/01/2026 08:00;Lê Văn A\n"
        "I;;12/01/2026;06/01/2026;Trực tiếp;Tiếp nhận;05/01/2026 08:00;Lê Văn A\n"
        "J;05/01/2026;12/01/2026;05/01/2026;Trực tiếp;Tiếp nhận;05/01/2026 23:30;Lê Văn A\n"
    )
    log.write_text(LOG + odd, encoding="utf-8")
    assert main(["import", "cases", str(log), "--json"]) == 0
    told = json.loads(capsys.readouterr().out)
    (page,) = imported_counts(SYSTEM, today=date(2026, 11, 20))
    assert (page.cases, page.on_time, page.late, page.open, page.unclear) == tuple(
        told[name] for name in ("cases", "on_time", "late", "open", "flagged")
    )
    assert told["cases"] == told["on_time"] + told["late"] + told["open"] + told["flagged"] == 10


def test_several_files_are_summed(log: Path, capsys: pytest.CaptureFixture[str]):
    other = log.with_name("other.csv")
    other.write_text(LOG.replace("A;", "X;"), encoding="utf-8")
    assert main(["import", "cases", str(log), str(other), "--json"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert (told["cases"], told["late"], len(told["files"])) == (8, 2, 2)


@pytest.mark.parametrize(
    ("content", "more", "words"),
    [
        (LOG.encode("cp1258", "replace"), (), "không phải UTF-8"),
        (b"PK\x03\x04" + b"\0" * 50, (), "sổ Excel"),
        (LOG.encode()[:-20], (), "tiêu đề có 8"),
        (LOG.encode(), ("--map", "due=nothing"), "không có thuộc tính «nothing»"),
        (LOG.encode(), ("--map", "nothing"), "Không hiểu --map"),
        (None, (), "Không mở được tệp"),
    ],
)
def test_bad_input_gives_2_and_one_document_in_words(
    log: Path, capsys: pytest.CaptureFixture[str], content: bytes | None, more: tuple[str, ...], words: str
):
    path = log.with_name("bad.csv")
    if content is not None:
        path.write_bytes(content)
    assert main(["import", "cases", str(path), *more, "--json"]) == 2
    error = json.loads(capsys.readouterr().out)["error"]
    assert words in error["what"]
    assert error["do"]


def test_a_case_that_cannot_be_dated_gives_1_and_is_named(log: Path, capsys: pytest.CaptureFixture[str]):
    log.write_text(LOG + "E;không rõ;;;Trực tiếp;Tiếp nhận;hôm qua;Lê Văn A\n", encoding="utf-8")
    assert main(["import", "cases", str(log), "--json"]) == 1
    assert json.loads(capsys.readouterr().out)["rejected"] == ["E: không có ngày nào đọc được"]
