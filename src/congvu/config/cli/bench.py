"""`congvu bench NAME`: a benchmark of the checkout's `benchmarks/`, beside its floor and peers, as JSON."""

import argparse
import ast
import importlib
import inspect
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

from congvu.config.cli.output import OK, PROBLEM, BadInput, note, print_json
from congvu.config.environment import BASE_DIR

FOLDER = BASE_DIR / "benchmarks"


def add_parser(subparsers: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    parser = subparsers.add_parser(
        "bench",
        description="Đo một việc cạnh mức sàn (SQL viết tay) và phần mềm khác, trong cùng một lượt chạy.",
        epilog="Không ghi tên thì liệt kê. Máy đang bận làm số tuyệt đối xê dịch: hãy đọc tỷ lệ."
        " Mã thoát: 0 mọi tỷ lệ đạt, 1 có tỷ lệ không đạt, 2 tên hoặc tham số sai.",
    )
    parser.add_argument("name", nargs="?", metavar="TÊN", help="tên phép đo, ví dụ lifecycle")
    parser.add_argument("--rounds", type=int, metavar="N", help="số lượt; kết quả là trung vị")
    parser.add_argument(
        "--set",
        action="append",
        default=[],
        metavar="TÊN=SỐ",
        help="cỡ của phép đo, ví dụ --set dossiers=10000",
    )
    parser.add_argument("--json", action="store_true", help="in một tài liệu JSON (phép đo bao giờ cũng in)")


def run(args: argparse.Namespace) -> int:
    known = benchmarks(FOLDER)
    if not known:
        raise BadInput(
            "Không có phép đo nào ở đây.",
            where=str(FOLDER),
            do="Chạy từ kho mã (git clone), không phải bản cài.",
        )
    if args.name is None:
        return _list(known, as_json=args.json)
    if args.name not in known:
        raise BadInput(
            f"Không có phép đo «{args.name}».", where="bench", do=f"Chọn một trong: {', '.join(known)}."
        )
    sys.path.insert(0, str(FOLDER))
    work: Callable[..., dict[str, Any]] = importlib.import_module(args.name).run
    document = work(**options_of(work, args.set, args.rounds))
    print_json(document)
    _say(document)
    return OK if document["ok"] else PROBLEM


def benchmarks(folder: Path) -> dict[str, str]:
    """The benchmarks of a folder, by name, with the first line of what each says of itself. Nothing is imported."""
    found = {}
    for path in sorted(folder.glob("*.py")):
        module = ast.parse(path.read_text(encoding="utf-8"))
        if any(isinstance(part, ast.FunctionDef) and part.name == "run" for part in module.body):
            found[path.stem] = (ast.get_docstring(module) or "").split("\n", 1)[0]
    return found


def options_of(work: Callable[..., Any], given: list[str], rounds: int | None) -> dict[str, int]:
    """`--set NAME=N` and `--rounds N` as the keyword arguments of a benchmark. Raises BadInput for what it has not."""
    takes = list(inspect.signature(work).parameters)
    words = [*given, *([f"rounds={rounds}"] if rounds is not None else [])]
    options = {}
    for word in words:
        name, _, number = word.partition("=")
        if name not in takes:
            raise BadInput(f"Phép đo này không có cỡ «{name}».", where="--set", do=f"Có: {', '.join(takes)}.")
        if not number.isascii() or not number.isdigit():
            raise BadInput(f"«{number}» không phải số nguyên.", where=name, do=f"Ví dụ --set {name}=3")
        options[name] = int(number)
    return options


def _list(known: dict[str, str], *, as_json: bool) -> int:
    if as_json:
        print_json({"benchmarks": known})
    else:
        for name, line in known.items():
            print(f"{name:<14} {line}")
    return OK


def _say(document: dict[str, Any]) -> None:
    """Each target in a line for the person, beside the document."""
    for one in document["wanted"]:
        held = {True: "đạt      ", False: "KHÔNG ĐẠT", None: "không đo "}[one["holds"]]
        bound = f"≥ {one['at_least']}" if "at_least" in one else f"≤ {one['at_most']}"
        note(f"{held}  {one['what']}: {one['value']} (cần {bound})")
    if not document["wanted"]:
        note("Phép đo này không có mức phải đạt.")
