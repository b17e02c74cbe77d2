"""The command line as a whole: which command, which exit code, one JSON document."""

import argparse
import json
import subprocess
import sys
import time
from collections.abc import Callable
from types import SimpleNamespace

import pytest

from congvu.config.cli import main as command_line
from congvu.config.cli.main import COMMANDS, main
from congvu.config.cli.output import BadInput
from congvu.config.cli.usage import Commands, Parser
from congvu.config.environment import BadSetting
from congvu.config.postgres import ServerTrouble
from congvu.foundation.refusal import Refused


def command(action: Callable[[], int]) -> SimpleNamespace:
    """A command module whose run does `action`."""

    def add_parser(subparsers):  # type: ignore[no-untyped-def]
        subparsers.add_parser("stop").add_argument("--json", action="store_true")

    return SimpleNamespace(add_parser=add_parser, run=lambda args: action())


def raising(error: BaseException) -> Callable[[], int]:
    def action() -> int:
        raise error

    return action


@pytest.fixture
def stand_in(monkeypatch: pytest.MonkeyPatch) -> Callable[[Callable[[], int]], None]:
    """Put an action in the place of `congvu stop`: what is tried here is the frame around commands."""

    def put(action: Callable[[], int]) -> None:
        monkeypatch.setattr(command_line, "_load", lambda name: command(action))

    return put


@pytest.mark.parametrize(
    ("error", "code"),
    [
        (Refused("Không được.", do="Làm khác."), 1),
        (ServerTrouble("Không chạy."), 1),
        (BadInput("Không đọc được."), 2),
        (BadSetting("CONGVU_X", "wrong"), 2),
        (KeyboardInterrupt(), 130),
    ],
)
def test_failures_become_words_and_exit_codes(stand_in, capsys, error: BaseException, code: int) -> None:  # type: ignore[no-untyped-def]
    stand_in(raising(error))
    assert main(["stop"]) == code
    out, err = capsys.readouterr()
    assert out == ""
    assert "Traceback" not in err


def test_with_json_a_refusal_is_one_document_on_stdout(stand_in, capsys) -> None:  # type: ignore[no-untyped-def]
    stand_in(raising(Refused("Mã có tháng 13.", where="H99", do="Sửa mã.", article="Điều 19")))
    assert main(["stop", "--json"]) == 1
    document = json.loads(capsys.readouterr().out)
    assert document == {
        "error": {"what": "H99: Mã có tháng 13.", "where": "H99", "do": "Sửa mã.", "article": "Điều 19"}
    }


def test_an_error_of_ours_keeps_its_traceback(stand_in) -> None:  # type: ignore[no-untyped-def]
    stand_in(raising(ZeroDivisionError()))
    with pytest.raises(ZeroDivisionError):
        main(["stop"])


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ([], "Thiếu LỆNH."),
        (["khong-co"], "LỆNH: không có 'khong-co'. Chọn một trong: 'demo', "),
        (["stop", "--khong-co"], "Không rõ: --khong-co."),
        (["--khong-co", "stop"], "Không rõ: --khong-co."),
        (["demo", "--size", "huge"], "--size: không có 'huge'. Chọn một trong: 'desk', 'province', 'year'."),
        (["demo", "--port"], "--port: thiếu giá trị đi sau."),
        (["demo", "--port", "muoi"], "--port: 'muoi' không phải số nguyên."),
        (["import"], "Thiếu LOẠI."),
        (["import", "cases"], "Thiếu TỆP."),
    ],
)
def test_wrong_usage_is_exit_code_2_in_words(words: list[str], said: str, capsys) -> None:  # type: ignore[no-untyped-def]
    assert main(words) == 2
    out, err = capsys.readouterr()
    assert (out, said in err, "--help" in err) == ("", True, True), err
    assert main([*words, "--json"]) == 2
    assert set(json.loads(capsys.readouterr().out)["error"]) == {"what", "do"}


def test_help_lists_every_command_without_loading_any(capsys) -> None:  # type: ignore[no-untyped-def]
    with pytest.raises(SystemExit) as left:
        main(["--help"])
    assert left.value.code == 0
    text = capsys.readouterr().out
    assert all(f"    {name}" in text for name in COMMANDS)


@pytest.mark.parametrize("name", [name for name in COMMANDS if name != "django"])
def test_every_command_has_help(name: str, capsys) -> None:  # type: ignore[no-untyped-def]
    with pytest.raises(SystemExit) as left:
        main([name, "--help"])
    assert left.value.code == 0
    assert capsys.readouterr().out.startswith(f"usage: congvu {name}")


def said_nothing_of(parser: argparse.ArgumentParser) -> list[str]:
    """The arguments of a command and of those under it that have no word of help, options whose value has no Vietnamese name."""
    found = [] if parser.description else [f"{parser.prog}: description"]
    for action in parser._actions:
        if isinstance(action, argparse._SubParsersAction):
            found += [line for below in action.choices.values() for line in said_nothing_of(below)]
        elif not action.help or (action.nargs is None and not action.metavar and not action.choices):
            found.append(f"{parser.prog}: {action.dest}")
    return found


def test_every_argument_of_every_command_is_explained() -> None:
    parser = Parser(prog="congvu", description="x")
    subparsers = parser.add_subparsers()
    assert isinstance(subparsers, Commands)
    subparsers.summaries = {name: summary for name, (_, summary) in COMMANDS.items()}
    for name in COMMANDS:
        command_line._load(name).add_parser(subparsers)
    assert said_nothing_of(parser) == []


def test_starting_imports_neither_django_nor_psycopg() -> None:
    """`term` answers in well under a second because of this; a time limit would depend on the machine."""
    script = (
        "import sys; import congvu.config.cli.main; print({'django', 'psycopg', 'numpy'} & set(sys.modules))"
    )
    said = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert said.stdout.strip() == "set()"


def test_a_reader_that_leaves_early_is_no_error() -> None:
    started = time.monotonic()
    order = f"{sys.executable} -m congvu --help | head -c 1"
    done = subprocess.run(["sh", "-c", order], capture_output=True, text=True)
    assert "Traceback" not in done.stderr
    assert time.monotonic() - started < 30
