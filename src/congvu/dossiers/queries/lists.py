"""The list of dossiers: search by code, phone, ID number and name without diacritics, filters, keyset pages, export."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import transaction

from congvu.dossiers.access import Visible
from congvu.dossiers.queries.compose import both, filled, inside, walks
from congvu.dossiers.rules.status import ENDED, OPEN, PAUSED, Channel, Status
from congvu.foundation.sql import stream
from congvu.foundation.text import composed, fold
from congvu.foundation.ui.pager import Page, decode, page_of

PAGE = 50
COUNT_CAP = 1000  # past this the page says "hơn 1.000"
EXPORT_LIMIT = 1_000_000  # rows a sheet can hold, less its head
SEARCHED = "to_tsvector('simple'::regconfig, COALESCE(d.search_text, ''))"  # exactly the index's expression
SCARCE = frozenset({Status.REGISTERED, Status.RECEIVED, Status.SUPPLEMENT, Status.PAYMENT, Status.STOPPED})
_STILL_OPEN = (
    "d.ended_on IS NULL"  # true of each of those, and the condition of the index dossier_open_by_due
)
_LATE_STEP = (
    "SELECT 1 FROM dossiers_step s WHERE s.dossier_id = d.id AND s.state = 1 AND s.due_on < %(on)s::date"
)
_FEWEST_DIGITS = 4  # digits that make sense as part of a phone or ID number

_LATE_OPEN = ("dang-qua-han", "sap-den-han", "buoc-qua-han", "tam-dung", "dang-lam")
LATE_CHOICES = {
    "dang-qua-han": "Đang làm, đã quá hạn",
    "sap-den-han": "Đang làm, hạn trong 7 ngày",
    "xong-qua-han": "Đã xong nhưng quá hạn",
    "dung-han": "Đã xong, đúng hạn",
    "buoc-qua-han": "Đang làm, bước đang mở quá hạn",
    "tam-dung": "Đang tạm dừng",
    "dang-lam": "Đang làm, không tạm dừng",
    "cho-nhan": "Có kết quả, chờ người đến nhận",
}


@dataclass(frozen=True, slots=True)
class ListFilter:
    """What the reader asked for. Empty values do not narrow. `on` is the day lateness is asked for."""

    on: date
    text: str = ""
    status: int | None = None
    unit_id: int | None = None
    received_from: date | None = None
    received_to: date | None = None
    late: str = ""
    near: date | None = None  # last day of "sắp đến hạn"
    ids: tuple[int, ...] | None = None  # only these, already counted elsewhere
    held_by: int | None = None  # the unit with an open step
    due_on: date | None = None  # the day promised


@dataclass(frozen=True, slots=True)
class DossierRow:
    """One line of the list."""

    id: int
    code: str | None
    status: Status
    opened_at: datetime
    received_at: datetime | None
    received_on: date | None
    due_on: date | None
    ended_on: date | None
    returned_at: datetime | None
    owner_name: str
    owner_phone: str
    owner_number: str
    summary: str
    channel: Channel
    receiving_unit_id: int
    competent_unit_id: int
    flagged: bool
    version: int
    procedure: str

    @property
    def open(self) -> bool:
        return self.status in OPEN

    @property
    def paused(self) -> bool:
        return self.status in PAUSED

    @property
    def ended(self) -> bool:
        return self.status in ENDED


def dossier_page(sight: Visible, asked: ListFilter, cursor: str = "", limit: int = PAGE) -> Page[DossierRow]:
    """The page of the list after `cursor`, newest first. 1 statement (none when the actor may see nothing)."""
    if sight.nothing:
        return Page([])
    after = decode(cursor, 2)
    few = scarce(asked)
    driving = () if few else _driving(sight, asked)
    filters, params = conditions(asked, driven=bool(driving))
    params |= {"limit": limit + 1, **sight.params}
    if after:
        params |= {"after_at": datetime.fromisoformat(str(after[0])), "after_id": after[1]}
    keyset = "({r}.opened_at, {id}) < (%(after_at)s::timestamptz, %(after_id)s::bigint)" if after else "TRUE"
    visible = sight.sql("d", few=few)
    if driving:
        reached = keyset.format(r="r", id="r.dossier_id")
        inner = both(reached, inside(sight, driving), filters)
        found = filled(
            "list_recent",
            walks=walks("list_walk", driving, inner, limit + 1),
            limit=str(limit + 1),
            visible=visible,
        )
    else:
        name = "list_scarce" if few else "list_found"
        found = filled(name, visible=visible, after=keyset.format(r="d", id="d.id"), filters=filters)
    rows = [_row(one) for one in found.rows(params)]
    return page_of(rows, limit, lambda row: (row.opened_at.isoformat(), row.id), first=after is None)


def capped_count(sight: Visible, asked: ListFilter, cap: int = COUNT_CAP) -> int | None:
    """How many dossiers the list holds, at most `cap` + 1. 1 statement.

    None, and no statement, for filters that may match few among many: counting those would read them all.
    """
    if sight.nothing:
        return 0
    if asked.status is not None or asked.late or asked.held_by is not None:
        return None
    driving = _driving(sight, asked)
    filters, params = conditions(asked, driven=bool(driving))
    params |= {"cap": cap + 1, **sight.params}
    if driving:
        inner = both(inside(sight, driving), filters)
        found = filled(
            "list_count_recent", walks=walks("list_walk", driving, inner, cap + 1), limit=str(cap + 1)
        )
    else:
        found = filled("list_count", visible=sight.sql("d"), filters=filters)
    return int(found.rows(params)[0][0])


def scarce(asked: ListFilter) -> bool:
    """Whether few dossiers of a province can match, all of them without a day of ending.

    A walk from the newest back would read the whole past of a unit in search of them (measured at 100,000 dossiers:
    50 ms against 5); the open ones have an index of their own. Only rows that match are then asked who may see them.
    """
    if asked.ids is not None:
        return True
    if asked.text:
        return False
    if asked.held_by is not None:
        return True
    return asked.status in SCARCE or (asked.late in _LATE_OPEN and asked.status in (None, *OPEN))


def _driving(sight: Visible, asked: ListFilter) -> tuple[int, ...]:
    """The units whose dossiers are walked in order: the one asked for, else the reader's; none: walk all dossiers."""
    if asked.unit_id is not None:
        return (asked.unit_id,)
    return () if sight.everything or sight.account_id is not None else sight.units


def export_rows(sight: Visible, asked: ListFilter) -> Iterator[tuple[Any, ...]]:
    """Every row of the list for the sheet, streamed in constant memory. 1 statement in its own transaction."""
    if sight.nothing:
        return
    filters, params = conditions(asked)
    params |= {"limit": EXPORT_LIMIT, **sight.params}
    text = str(filled("list_export", visible=sight.sql("d"), filters=filters))
    with transaction.atomic():
        yield from stream(text, params)


def conditions(asked: ListFilter, *, driven: bool = False) -> tuple[str, dict[str, Any]]:
    """The filters as one SQL condition on the alias `d`, and its parameters. The text holds nothing that was typed.

    `driven`: the statement already walks the dossiers of the unit asked for.
    """
    params: dict[str, Any] = {}
    found = [text_condition(asked.text, params)]
    if asked.status is not None:
        found.append("d.status = %(status)s::smallint")
        if asked.status in SCARCE:
            found.append(_STILL_OPEN)
        params["status"] = asked.status
    if asked.unit_id is not None and not driven:
        found.append(
            "EXISTS (SELECT 1 FROM dossiers_reach w WHERE w.dossier_id = d.id AND w.opened_at = d.opened_at"
            " AND w.unit_id = %(unit)s::bigint OFFSET 0)"
        )
        params["unit"] = asked.unit_id
    if asked.held_by is not None:
        found.append(
            "d.id IN (SELECT s.dossier_id FROM dossiers_step s WHERE s.state = 1 AND s.unit_id = %(held_by)s::bigint)"
        )
        params["held_by"] = asked.held_by
    if asked.due_on is not None:
        found.append("d.due_on = %(due_on)s::date")
        params["due_on"] = asked.due_on
    if asked.received_from is not None:
        found.append("d.received_on >= %(received_from)s::date")
        params["received_from"] = asked.received_from
    if asked.received_to is not None:
        found.append("d.received_on <= %(received_to)s::date")
        params["received_to"] = asked.received_to
    if asked.ids is not None:
        found.append("d.id = ANY(%(ids)s::bigint[])")
        params["ids"] = list(asked.ids)
    found.append(_late(asked, params))
    return both(*found), params


def _late(asked: ListFilter, params: dict[str, Any]) -> str:
    """Lateness by dates, never by a stored flag; a paused dossier is not late (form 06 counts it in time)."""
    running = f"d.status IN (2, 4) AND {_STILL_OPEN}"
    if asked.late == "dang-qua-han":
        params["on"] = asked.on
        return f"{running} AND d.due_on < %(on)s::date"
    if asked.late == "sap-den-han":
        params |= {"on": asked.on, "near": asked.near or asked.on}
        return f"{running} AND d.due_on BETWEEN %(on)s::date AND %(near)s::date"
    if asked.late == "dang-lam":
        return running
    if asked.late == "buoc-qua-han":
        params["on"] = asked.on
        here = "" if asked.held_by is None else "s.unit_id = %(held_by)s::bigint"
        return both(running, f"EXISTS ({_LATE_STEP} AND {both(here)})")
    if asked.late == "tam-dung":
        return f"d.status IN (5, 6, 8) AND {_STILL_OPEN}"
    if asked.late == "cho-nhan":
        return "d.status = 9"
    if asked.late == "xong-qua-han":
        return "d.ended_on > d.due_on AND d.status IN (9, 10)"
    if asked.late == "dung-han":
        return "d.ended_on IS NOT NULL AND (d.due_on IS NULL OR d.ended_on <= d.due_on OR d.status = 7)"
    return ""


def text_condition(typed: str, params: dict[str, Any]) -> str:
    """A code or its beginning, a run of digits (phone, ID number), or words of a name without diacritics."""
    text = composed(typed)
    if not text:
        return ""
    upper = text.upper().replace(" ", "")
    if "-" in upper and upper.split("-")[0].replace(".", "").isalnum() and any(c.isdigit() for c in upper):
        params["code"] = upper.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_") + "%"
        return "d.code LIKE %(code)s"
    digits = text.replace(" ", "").replace(".", "").replace("-", "")
    query = _query(digits) if digits.isdigit() and len(digits) >= _FEWEST_DIGITS else _query(fold(text))
    if not query:
        return "FALSE"  # only signs were typed: nothing can match, and the page says so
    params["query"] = query
    return f"{SEARCHED} @@ to_tsquery('simple', %(query)s)"


def _query(folded: str) -> str:
    """All words must occur, the last as a beginning. Words come from `fold`, so no operator can slip in."""
    words = folded.split()
    return " & ".join([*words[:-1], f"{words[-1]}:*"]) if words else ""


def _row(one: tuple[Any, ...]) -> DossierRow:
    values = [one[0], one[1], Status(one[2]), *one[3:13], Channel(one[13]), *one[14:]]
    return DossierRow(*values)
