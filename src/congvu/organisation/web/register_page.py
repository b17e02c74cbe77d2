"""The one page every register of units is shown on, and the one form every entry of theirs is typed in."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from congvu.foundation.ui.entry_form import entry_form as one_form
from congvu.foundation.ui.pager import page_after
from congvu.foundation.ui.routes import actor_of
from congvu.organisation.access import may_keep_registers
from congvu.organisation.web.asked import Asked, Count, Filter, Table

PAGE = 100  # rows of a register on a page
TABS = (
    ("organisation", "Cơ cấu"),
    ("unit-functions", "Chức năng"),
    ("function-matrix", "Ma trận"),
    ("assigned-functions", "Chức năng luật giao"),
    ("delegations", "Phân cấp, ủy quyền"),
    ("one-stop-facilities", "Bộ phận một cửa"),
    ("quality-systems", "ISO 9001"),
    ("autonomy", "Tự chủ"),
)


@dataclass(frozen=True, slots=True)
class Note:
    """A line above the table; `kind` calm or warning; `evidence` of the rule it speaks of."""

    words: str
    kind: str = "calm"
    evidence: str = ""


def register_page(
    request: HttpRequest,
    asked: Asked,
    *,
    tab: str,
    title: str,
    table: Table,
    empty: str,
    sheet_url: str = "",
    new_url: str = "",
    new_words: str = "",
    **more: Any,
) -> HttpResponse:
    """`more`: counts, filters, notes, ways (links beside the heading), page (of the pager); a table that comes whole is
    shown by pages here. No statement."""
    if more.get("page") is None:
        page = page_after(list(enumerate(table.rows)), PAGE, lambda row: row[0], request.GET.get("sau", ""))
        table, more["page"] = replace(table, rows=[row for _, row in page.rows]), page
    context: dict[str, Any] = {
        "asked": asked,
        "tab": tab,
        "tabs": TABS,
        "title": title,
        "table": table,
        "empty": empty,
        "sheet_url": sheet_url,
        "query": asked.query(),
        "new_url": new_url,
        "new_words": new_words,
        "may_keep": may_keep_registers(actor_of(request)),
    }
    return render(request, "organisation/web/register.html", {**context, **_typed(**more)})


def _typed(
    *,
    counts: Sequence[Count] = (),
    filters: Sequence[Filter] = (),
    notes: Sequence[Note] = (),
    ways: Sequence[tuple[str, str]] = (),
    page: Any = None,
) -> dict[str, Any]:
    return {"counts": counts, "filters": filters, "notes": notes, "ways": ways, "page": page}


entry_form = partial(one_form, home=("organisation", "Tổ chức"))
