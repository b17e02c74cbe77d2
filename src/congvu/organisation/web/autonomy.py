"""Tự chủ tài chính: the group of each public-service unit on a day."""

from typing import Any

from django.http import FileResponse, HttpRequest, HttpResponse
from django.urls import reverse

from congvu.foundation import clock
from congvu.foundation.ui.formats import number
from congvu.foundation.ui.routes import actor_of
from congvu.organisation.actions.grant_autonomy import Grant, grant_autonomy
from congvu.organisation.models import Autonomy
from congvu.organisation.queries import picture
from congvu.organisation.queries.registers import in_force, law_of
from congvu.organisation.rules.autonomy import AUTONOMOUS, GROUPS, RULE, covered
from congvu.organisation.rules.picture import Picture, Span
from congvu.organisation.web.asked import (
    Asked,
    Cell,
    Column,
    Count,
    Filter,
    Table,
    asked_of,
    period,
    standing,
    unit_cell,
)
from congvu.organisation.web.book import book
from congvu.organisation.web.fields import unit_choices
from congvu.organisation.web.register_forms import AutonomyForm
from congvu.organisation.web.register_page import Note, entry_form, register_page

MISSING, SOME = "CHUA_GIAO", "TU_CHU"
CHOICES = [*GROUPS.items(), (MISSING, "Chưa giao"), (SOME, "Có tự chủ (nhóm 1, 2, 3)")]
COLUMNS = (
    Column("Đơn vị sự nghiệp", 40), Column("Thuộc", 34), Column("Nhóm", 44), Column("Nguồn thu A (đồng)", 20, n=True),
    Column("Chi thường xuyên B (đồng)", 20, n=True), Column("Tự bảo đảm (%)", 14, n=True), Column("Quyết định", 30, whole=True),
)  # fmt: skip


def autonomy(request: HttpRequest) -> HttpResponse:
    """3 statements besides the session's."""
    asked, known, rows, units = _asked(request)
    groups = [rows[span.unit_id].group if span.unit_id in rows else MISSING for span in units]
    some = sum(group in AUTONOMOUS for group in groups)
    counts = [Count("Có tự chủ", some, f"?{asked.query(nhom=SOME)}", len(units))]
    counts += [
        Count(words.split(":")[0], groups.count(group), f"?{asked.query(nhom=group)}", len(units))
        for group, words in CHOICES
        if group != SOME
    ]
    law = law_of(asked.on).get(RULE)
    notes = []
    if law is not None:
        notes.append(Note(f"Nhóm tính theo mức tự bảo đảm A/B ({law.citation}).", evidence=law.evidence))
    return register_page(
        request,
        asked,
        tab="autonomy",
        title="Tự chủ của đơn vị sự nghiệp",
        table=_table(asked, known, rows, units),
        counts=counts,
        filters=[Filter("nhom", "Nhóm", CHOICES, asked.get("nhom"))],
        notes=notes,
        empty="Không có đơn vị sự nghiệp nào khớp vào ngày này.",
        sheet_url=reverse("autonomy-sheet"),
        new_url=reverse("new-autonomy"),
        new_words="Ghi quyết định giao",
    )


def autonomy_sheet(request: HttpRequest) -> FileResponse:
    """2 statements besides the session's."""
    asked, known, rows, units = _asked(request)
    return book(_table(asked, known, rows, units), asked, "tu-chu-tai-chinh.xlsx")


def _asked(request: HttpRequest) -> tuple[Asked, Picture, dict[int, Autonomy], list[Span]]:
    """Public-service units of the day, and any other unit that stands and was given a group."""
    asked, known = asked_of(request, "nhom"), picture()
    rows = {row.unit_id: row for row in in_force(Autonomy, asked.on, asked.known_at)}
    units = standing(known, asked.on, ("DON_VI_SU_NGHIEP",))
    listed = {span.unit_id for span in units}
    others = [span for unit in rows if unit not in listed and (span := known.at(unit, asked.on)) is not None]
    return asked, known, rows, [*units, *sorted(others, key=lambda span: span.sort_key)]


def _table(asked: Asked, known: Picture, rows: dict[int, Autonomy], units: list[Span]) -> Table:
    wanted = {SOME: AUTONOMOUS}.get(asked.get("nhom"), (asked.get("nhom"),))
    lines = [
        autonomy_line(span, rows.get(span.unit_id), known, asked)
        for span in units
        if not asked.get("nhom") or (rows[span.unit_id].group if span.unit_id in rows else MISSING) in wanted
    ]
    return Table("Mức tự chủ tài chính của đơn vị sự nghiệp công lập", COLUMNS, lines)


def autonomy_line(span: Span, row: Autonomy | None, known: Picture, asked: Asked) -> list[Cell]:
    """A public-service unit and its group; a chip when none was given."""
    above = Cell(known.name(span.parent_id, asked.on)) if span.parent_id else Cell("")
    head = [unit_cell(known, span.unit_id, asked.on), above]
    if row is None:
        return [*head, Cell("Chưa giao", chip="idle"), *[Cell("")] * 4]
    differs = (
        f"theo cách tính: {GROUPS[row.counted_group].split(':')[0]}" if row.group != row.counted_group else ""
    )
    share = covered(row.revenue, row.spending)
    return [
        *head,
        Cell(GROUPS[row.group], sub=differs),
        Cell(number(row.revenue), number=row.revenue),
        Cell(number(row.spending), number=row.spending),
        Cell(number(float(share), 2)),
        Cell(
            row.decision_number,
            reverse("register-entry", args=["tu-chu", row.pk]),
            sub=period(row.valid_from, row.valid_to),
        ),
    ]


def new_autonomy(request: HttpRequest) -> HttpResponse:
    """1 statement to show besides the session's."""
    known = picture()
    form = AutonomyForm(
        request.POST or None,
        units=unit_choices(known, clock.today()),
        initial={"unit": known.by_code(request.GET.get("don-vi", ""))},
    )

    def act(data: dict[str, Any]) -> str:
        one = Grant(data["unit"], data["revenue"], data["spending"], data["covers_investment"], data["group"])
        by = actor_of(request)
        (row,) = grant_autonomy([one], form.period(), decision=form.paper(), by=by, at=clock.now())
        return f"Đã ghi: {GROUPS[row.group]}."

    return entry_form(
        request,
        form,
        act,
        title="Ghi quyết định giao tự chủ",
        back=reverse("autonomy"),
        back_words="Tự chủ",
        about="A và B lấy theo dự toán năm lập phương án (Nghị định 60/2021/NĐ-CP, Điều 10).",
    )
