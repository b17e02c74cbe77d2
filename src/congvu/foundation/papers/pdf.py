"""PDF by Typst: a template of ours and data beside it. Own fonts only, so that a paper looks alike on every machine."""

import json
import re
import threading
import unicodedata
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import typst

SOURCE = (
    Path(__file__).resolve().parents[2]
)  # templates name each other from here: "/foundation/papers/base.typ"
FONTS = Path(__file__).resolve().parent / "vendor" / "fonts"
PDF = "application/pdf"
_LONGEST_RUN = 50  # letters without a space; a longer run would leave the paper on the right
_RUN = re.compile(rf"\S{{{_LONGEST_RUN},}}")
_MAY_BREAK = "\u200b"
_NOT_TEXT = re.compile("[\x00-\x08\x0b-\x1f\x7f\u200b\ufeff\ufffe\uffff\ud800-\udfff]")
_OWN = threading.local()  # a compiler is not shared between threads


def render(template: str, data: Mapping[str, Any]) -> bytes:
    """The PDF of `template` (a path below the package) with `data`, fonts embedded. No statement.

    Strings in `data` are text whatever they hold (`#`, `$`, `<b>`); they are composed (NFC), freed of what no paper
    can show, and may break inside a run of 50 letters. Raises ValueError when our own template is at fault.
    """
    text = json.dumps(printable(data), ensure_ascii=False, separators=(",", ":"))
    try:
        made: bytes = _compiler(template).compile(sys_inputs={"data": text})
    except typst.TypstError as wrong:
        raise ValueError(f"{template}: {wrong}") from wrong
    return made


def printable(value: Any) -> Any:
    """`value` with every text in it made fit for paper."""
    if isinstance(value, str):
        text = _NOT_TEXT.sub(
            "", unicodedata.normalize("NFC", value).replace("\r\n", "\n").replace("\r", "\n")
        )
        return _RUN.sub(_breakable, text)
    if isinstance(value, Mapping):
        return {key: printable(one) for key, one in value.items()}
    if isinstance(value, list | tuple):
        return [printable(one) for one in value]
    return value


def _breakable(run: re.Match[str]) -> str:
    letters = run.group()
    size = _LONGEST_RUN // 5
    return _MAY_BREAK.join(letters[n : n + size] for n in range(0, len(letters), size))


def _compiler(template: str) -> Any:
    """The compiler of a template, made once per thread: reading the fonts costs more than a slip."""
    made: dict[str, Any] = _OWN.__dict__.setdefault("made", {})
    if template not in made:
        made[template] = typst.Compiler(
            str(SOURCE / template), root=str(SOURCE), font_paths=[str(FONTS)], ignore_system_fonts=True
        )
    return made[template]
