"""The blocks of a report as the screen shows them: text escaped, each number a link that opens it."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from congvu.reports.rules.text import Part
from congvu.reports.web.telling import Row, Run, Telling


@dataclass(frozen=True, slots=True)
class Shown:
    """A block: its kind, its text, the rows of a table, its chart."""

    kind: str
    label: str
    html: SafeString
    cells: tuple[tuple[SafeString, ...], ...]
    drawn: Any
    chart_kind: str
    ident: str


def shown(telling: Telling, base: str, opened: tuple[int, str] = (0, "")) -> list[Shown]:
    """`base`: the address of the version, ending in "?" or "&"; `opened`: the number now open."""
    return [_shown(row, base, opened) for row in telling.rows]


def _shown(row: Row, base: str, opened: tuple[int, str]) -> Shown:
    return Shown(
        row.kind, row.label, _runs(row.runs, base, opened),
        tuple(tuple(_runs(cell, base, opened) for cell in line) for line in row.cells), row.drawn,
        type(row.drawn).__name__ if row.drawn else "", f"d{row.line}",
    )  # fmt: skip


def _runs(runs: Sequence[Run], base: str, opened: tuple[int, str]) -> SafeString:
    return format_html_join("", "{}", ((_run(run, base, opened),) for run in runs))


def _run(run: Run, base: str, opened: tuple[int, str]) -> SafeString | str:
    if run.told is None:
        return run.text
    if run.gone:
        return format_html('<mark class="bc-gone" title="{}">{}</mark>', run.told.gone, run.text)
    part = _part(run)
    mark = format_html('<sup><a href="#ghi-chu-{}">{}</a></sup>', run.mark, run.mark) if run.mark else ""
    if not base:
        return format_html('<span class="q" title="{}">{}</span>{}', run.title, run.text, mark)
    current = SafeString(' aria-current="true"') if opened == (run.n, part) else ""
    return format_html(
        '<a class="q" href="{}so={}&amp;phan={}#so-lieu" title="{}"{}>{}</a>{}',
        base, run.n, part, run.title, current, run.text, mark,
    )  # fmt: skip


def _part(run: Run) -> str:
    return run.part.value if run.part is not None else Part.NUMERATOR.value
