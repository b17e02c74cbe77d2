"""Phân quyền, phân cấp, ủy quyền: the register on a day, what of it must be looked at, and putting an entry on record."""

from datetime import date
from typing import Any

from django.http import FileResponse, HttpRequest, HttpResponse
from django.urls import reverse

from congvu.foundation import clock
from congvu.foundation.lawtable.models import LawRule
from congvu.foundation.ui.pager import decode, page_of
from congvu.foundation.ui.routes import actor_of
from congvu.organisation.actions.record_delegations import NewDelegation, record_delegations
from congvu.organisation.models import Delegation
from congvu.organisation.queries import picture
from congvu.organisation.queries.registers import delegation_counts, delegation_page, fields_in_use, law_of
from congvu.organisation.rules.delegation import END_RULE, FORMS, flag_of
from congvu.organisation.rules.picture import Picture
from congvu.organisation.web.asked import (
    Asked,
    Cell,
    Column,
    Count,
    Filter,
    Table,
    asked_of,
    period,
    unit_cell,
)
from congvu.organisation.web.book import book
from congvu.organisation.web.fields import unit_choices
from congvu.organisation.web.register_forms import DelegationForm
from congvu.organisation.web.register_page import Note, entry_form, register_page

PAGE, MOST = 50, 20_000
LOOK = "can-xem"
EVERY_COMMUNE = "Tất cả xã, phường"
COLUMNS = (
    Column("Hình thức", 14, whole=True), Column("Lĩnh vực", 22), Column("Nội dung", 56), Column("Từ", 28), Column("Cho", 28),
    Column("Văn bản", 30, whole=True), Column("Cần xem", 16, whole=True),
)  # fmt: skip


def delegations(request: HttpRequest) -> HttpResponse:
    """4 statements besides the session's."""
    asked, known = asked_of(request, "hinh-thuc", "chi"), picture()
    standing = [node.unit_id for node in known.tree(asked.on)]
    law = law_of(asked.on).get(END_RULE)
    after = decode(request.GET.get("sau", ""), 2)
    found = _rows(asked, standing, PAGE, after)
    page = page_of(found, PAGE, lambda row: (row.field_folded, row.pk), first=after is None)
    by_form, to_look = delegation_counts(asked.on, standing, asked.known_at)
    counts = [
        Count(words, by_form.get(form, 0), f"?{asked.query(hinh_thuc=form, chi='')}")
        for form, words in FORMS.items()
    ]
    counts.append(Count("Cần xem lại", to_look, f"?{asked.query(hinh_thuc='', chi=LOOK)}"))
    return register_page(
        request,
        asked,
        tab="delegations",
        title="Phân quyền, phân cấp, ủy quyền",
        table=_table(page.rows, known, asked.on, law),
        page=page,
        counts=counts,
        filters=[
            Filter("hinh-thuc", "Hình thức", list(FORMS.items()), asked.get("hinh-thuc")),
            Filter("chi", "Chỉ xem", [(LOOK, "Cần xem lại")], asked.get("chi")),
        ],
        notes=_notes(law),
        empty="Không có nội dung nào đang hiệu lực khớp.",
        sheet_url=reverse("delegations-sheet"),
        new_url=reverse("new-delegation"),
        new_words="Ghi phân cấp, ủy quyền",
    )


def delegations_sheet(request: HttpRequest) -> FileResponse:
    """3 statements besides the session's."""
    asked, known = asked_of(request, "hinh-thuc", "chi"), picture()
    rows = _rows(asked, [node.unit_id for node in known.tree(asked.on)], MOST, None)
    table = _table(rows, known, asked.on, law_of(asked.on).get(END_RULE))
    return book(table, asked, "phan-cap-uy-quyen.xlsx")


def _rows(asked: Asked, standing: list[int], limit: int, after: list[Any] | None) -> list[Delegation]:
    return delegation_page(
        asked.on,
        asked.known_at,
        form=asked.get("hinh-thuc"),
        standing=standing if asked.get("chi") == LOOK else None,
        limit=limit,
        after=after,
    )


def _notes(law: LawRule | None) -> list[Note]:
    if law is None:
        return []
    words = f"{law.name} ({law.citation}). Ủy quyền không ghi thời hạn được đánh dấu «Thiếu thời hạn»."
    return [Note(words, evidence=law.evidence)]


def _table(rows: list[Delegation], known: Picture, on: date, law: LawRule | None) -> Table:
    title = "Sổ phân quyền, phân cấp, ủy quyền"
    return Table(title, COLUMNS, [delegation_line(row, known, on, law) for row in rows])


def delegation_line(row: Delegation, known: Picture, on: date, law: LawRule | None) -> list[Cell]:
    """A power passed on, with what must be looked at."""
    parties = [one for one in (row.from_unit_id, row.to_unit_id) if one is not None]
    flag = flag_of(
        row.form,
        row.valid_to,
        on,
        mandate_needs_end=bool(law and law.value),
        parties_stand=all(known.at(one, on) is not None for one in parties),
    )
    receiver = Cell(EVERY_COMMUNE) if row.to_unit_id is None else unit_cell(known, row.to_unit_id, on)
    return [
        Cell(FORMS[row.form]),
        Cell(row.field),
        Cell(row.what, reverse("register-entry", args=["phan-cap", row.pk])),
        unit_cell(known, row.from_unit_id, on),
        receiver,
        Cell(row.decision_number, sub=period(row.valid_from, row.valid_to)),
        Cell(flag.words, chip=flag.state) if flag else Cell(""),
    ]


def new_delegation(request: HttpRequest) -> HttpResponse:
    """2 statements to show besides the session's."""
    form = DelegationForm(request.POST or None, units=unit_choices(picture(), clock.today()))

    def act(data: dict[str, Any]) -> str:
        one = NewDelegation(
            data["form"], data["field"], data["what"], data["giver"], data["receiver"], data["legal_basis"]
        )
        by = actor_of(request)
        record_delegations([one], form.period(), decision=form.paper(), by=by, at=clock.now())
        return f"Đã ghi {FORMS[one.form].lower()}."

    return entry_form(
        request,
        form,
        act,
        title="Ghi phân cấp, ủy quyền",
        back=reverse("delegations"),
        back_words="Phân cấp, ủy quyền",
        about="Ủy quyền phải ghi «Đến hết ngày»; văn bản không nói thì để trống, mục sẽ bị đánh dấu.",
        fields=fields_in_use(),
    )
