"""`congvu import bpmn` and `congvu export bpmn`: what they print and their exit codes."""

import json
from pathlib import Path

import pytest

from congvu.config.cli import ready
from congvu.config.cli.main import main
from congvu.procedures.actions.set_process import draft_graph, publish_process
from congvu.procedures.models import ProcessVersion
from congvu.procedures.queries.graphs import stored_process
from congvu.procedures.rules.bpmn.read import read_bpmn
from congvu.procedures.rules.bpmn.write import write_bpmn
from congvu.procedures.tests.make import ADMIN, AT, a_published
from congvu.procedures.tests.process.make import rework

BOMB = '<!DOCTYPE a [<!ENTITY a "aa"><!ENTITY b "&a;&a;">]><definitions>&b;</definitions>'


@pytest.fixture
def home(tmp_path: Path, db: None, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(
        ready, "django_ready", lambda **_: None
    )  # pytest has brought Django and the tables up
    return tmp_path


def test_a_diagram_is_printed_as_a_step_table(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "q.bpmn"
    file.write_bytes(write_bpmn(rework(), "Cấp phép"))
    assert main(["import", "bpmn", str(file), "--json"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert [(one["n"], one["waits_for"], one["words"]["branches"]) for one in told["steps"]] == [
        (1, [], ""),
        (2, [1], ""),
        (3, [2], "nếu ket_luan = trả lại → làm lại 2 (tối đa 3 lần); còn lại → 4"),
        (4, [3], ""),
    ]
    assert told["unsupported"] == [] and [one["name"] for one in told["roles"]] == [
        "Cơ quan có thẩm quyền",
        "Nơi tiếp nhận",
    ]
    assert main(["import", "bpmn", str(file)]) == 0
    assert "4 bước, 2 làn" in capsys.readouterr().err


@pytest.mark.parametrize("text", [BOMB, "<html/>", "", "<definitions"])
def test_a_broken_file_gives_2_and_the_reason(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], text: str
) -> None:
    file = tmp_path / "q.bpmn"
    file.write_text(text, encoding="utf-8")
    assert main(["import", "bpmn", str(file), "--json"]) == 2
    told = json.loads(capsys.readouterr().out)["error"]
    assert told["what"].startswith("q.bpmn: ") and told["do"]


def test_a_file_that_is_not_there_gives_2(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["import", "bpmn", str(tmp_path / "khong-co.bpmn")]) == 2
    assert main(["import", "bpmn", str(tmp_path)]) == 2
    assert "Không đọc được tệp" in capsys.readouterr().err


def test_a_diagram_is_kept_as_a_draft_and_the_published_process_is_exported(
    home: Path, capsysbinary: pytest.CaptureFixture[bytes]
) -> None:
    procedure = a_published()
    file = home / "q.bpmn"
    file.write_bytes(write_bpmn(rework(), "x"))
    assert main(["import", "bpmn", str(file), "--procedure", procedure.code]) == 0
    assert stored_process(ProcessVersion.objects.get().pk).graph == rework()
    assert main(["import", "bpmn", str(file), "--procedure", "khong-co"]) == 2
    assert main(["export", "bpmn", procedure.code]) == 2, "a draft is not in force"
    assert main(["export", "bpmn", procedure.code, "--draft", "--output", str(home / "d.bpmn")]) == 0
    assert read_bpmn((home / "d.bpmn").read_bytes()).process == rework()
    draft_graph(procedure.pk, rework(), by=ADMIN, at=AT)
    publish_process(procedure.pk, AT.date(), by=ADMIN, at=AT)
    capsysbinary.readouterr()
    assert main(["export", "bpmn", procedure.code]) == 0
    assert read_bpmn(capsysbinary.readouterr().out).process == rework()
    assert main(["export", "bpmn", procedure.code, "--output", str(home / "khong" / "co.bpmn")]) == 2
