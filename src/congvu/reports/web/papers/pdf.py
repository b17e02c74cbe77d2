"""A report as PDF in the layout of NĐ 30/2020."""

from collections.abc import Sequence
from typing import Any

from congvu.foundation.papers.pdf import render
from congvu.foundation.ui import formats
from congvu.foundation.ui.charts import LineChart, Share
from congvu.reports.web.papers.drawing import svg_of
from congvu.reports.web.papers.fields import Fields
from congvu.reports.web.telling import Drawn, RadarChart, Row, Run, Telling


def pdf_of(telling: Telling, fields: Fields) -> bytes:
    """The PDF. No statement."""
    return render("reports/web/papers/report.typ", data_of(telling, fields))


def data_of(telling: Telling, fields: Fields) -> dict[str, Any]:
    """What the paper's template is filled with."""
    return {
        "tieuDe": fields.summary, "coQuanTren": fields.parent, "coQuan": fields.unit, "so": fields.number,
        "ngay": fields.place_and_day, "trichYeu": fields.summary, "duThao": fields.draft,
        "noiNhan": list(fields.recipients), "quyenHan": list(fields.signer_lines), "nguoiKy": fields.signer,
        "dong": [_row(row) for row in telling.rows],
        "ghiChu": [
            [str(one.mark), one.told.name, one.printed, one.told.flag_words, one.told.note or one.told.source]
            for one in telling.notes
        ],
    }  # fmt: skip


def _row(row: Row) -> dict[str, Any]:
    made: dict[str, Any] = {"kind": row.kind, "label": row.label, "runs": runs_of(row.runs)}
    if row.cells:
        made["cells"] = [[runs_of(cell) for cell in line] for line in row.cells]
    if row.drawn is not None:
        head, rows = table_of(row.drawn)
        if not rows:
            return {"kind": "paragraph", "label": "", "runs": [nothing_of(row.drawn)]}
        made |= {"svg": svg_of(row.drawn), "title": row.drawn.title, "head": head, "rows": rows}
    elif row.kind == "chart":
        made["kind"] = "paragraph"
    return made


def runs_of(runs: Sequence[Run]) -> list[Any]:
    """Text, or [text, mark of its note]. A number never breaks from what follows within it."""
    return [one.text if one.told is None else [one.text, str(one.mark) if one.mark else ""] for one in runs]


def nothing_of(drawn: Drawn) -> str:
    """What stands in place of a chart of nothing."""
    return f"{drawn.title}: chưa có số liệu trong kỳ."


def table_of(drawn: Drawn) -> tuple[list[str], list[list[str]]]:
    """The table of a chart: its head and its rows, as words."""
    if isinstance(drawn, LineChart):
        part, whole = drawn.words
        rows = [(row.label, row.shares[0]) for row in drawn.rows]
    elif isinstance(drawn, RadarChart):
        part, whole = drawn.words
        rows = [(label, share) for label, share, _ in drawn.rows]
    else:
        whole, part, _ = drawn.words
        rows = [(row.label, row.share) for row in drawn.rows]
    head = [drawn.first_column, whole, part, "Tỷ lệ (%)"]
    made: Sequence[tuple[str, Share]] = rows
    return head, [
        [label, formats.number(share.whole), formats.number(share.part), formats.number(share.percent, 1)]
        for label, share in made
    ]
