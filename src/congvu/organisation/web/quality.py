"""ISO 9001: which units announced a quality system, by which version of the standard; audits held and audits due."""

from datetime import date
from typing import Any

from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.urls import reverse

from congvu.foundation import clock
from congvu.foundation.lawtable.models import LawRule
from congvu.foundation.ui.formats import number
from congvu.foundation.ui.routes import actor_of
from congvu.organisation.access import may_keep_registers
from congvu.organisation.actions.record_quality import (
    NewAudit,
    NewQuality,
    correct_audit,
    record_audits,
    record_quality,
)
from congvu.organisation.models import QualityAudit, QualitySystem
from congvu.organisation.queries import picture
from congvu.organisation.queries.registers import audits, in_force, law_of
from congvu.organisation.rules.kinds import TINH, XA
from congvu.organisation.rules.picture import Picture, Span
from congvu.organisation.rules.quality import AUDIT_KINDS, AUDIT_RULE, INTERNAL, next_due
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
from congvu.organisation.web.register_forms import AuditForm, CorrectAuditForm, QualityForm
from congvu.organisation.web.register_page import Note, entry_form, register_page

HAS, LACKS, DUE = "co", "chua", "den-han"
ONLY = [(HAS, "Có ISO"), (LACKS, "Chưa có"), (DUE, "Đến hạn đánh giá")]
AGENCIES = ("SO", "BAN", "VAN_PHONG")
COMMUNES = ("XA", "PHUONG", "DAC_KHU")
GROUPS = {
    "so": ("sở, ban, văn phòng cấp tỉnh", AGENCIES, TINH),
    "xa": ("xã, phường", COMMUNES, XA),
}
COLUMNS = (
    Column("Đơn vị", 40), Column("Tiêu chuẩn", 22, whole=True), Column("Phạm vi", 44), Column("Số thủ tục", 11, n=True),
    Column("Công bố, chứng nhận", 30, whole=True), Column("Đánh giá gần nhất", 34), Column("Đánh giá nội bộ tiếp theo", 20),
)  # fmt: skip


class Book:
    """The register on a day: systems and audits by unit, the rule of the time between audits."""

    def __init__(self, asked: Asked, known: Picture) -> None:
        self.asked, self.known = asked, known
        rows = in_force(QualitySystem, asked.on, asked.known_at)
        self.systems = {row.unit_id: row for row in rows if known.at(row.unit_id, asked.on) is not None}
        self.audits: dict[int, list[QualityAudit]] = {}
        for row in audits(None, asked.on, asked.known_at):
            self.audits.setdefault(row.unit_id, []).append(row)
        self.law: LawRule | None = law_of(asked.on).get(AUDIT_RULE)

    def due(self, unit_id: int) -> date | None:
        """When the unit's next internal audit must be held; None without a system or a rule."""
        row = self.systems.get(unit_id)
        if row is None or self.law is None:
            return None
        held = [one.held_on for one in self.audits.get(unit_id, ()) if one.kind == INTERNAL]
        return next_due(row.valid_from, held, int(self.law.value))

    def is_due(self, unit_id: int) -> bool:
        day = self.due(unit_id)
        return day is not None and day <= self.asked.on


def quality_systems(request: HttpRequest) -> HttpResponse:
    """4 statements besides the session's."""
    asked, known = asked_of(request, "nhom", "chi", "tieu-chuan"), picture()
    told = Book(asked, known)
    units = {group: standing(known, asked.on, kinds, tier) for group, (_, kinds, tier) in GROUPS.items()}
    counts = []
    for group, (words, _, _) in GROUPS.items():
        having = sum(span.unit_id in told.systems for span in units[group])
        one = {"nhom": group, "tieu_chuan": ""}
        counts.append(Count(f"Có ISO: {words}", having, f"?{asked.query(chi=HAS, **one)}", len(units[group])))
        lacking = f"?{asked.query(chi=LACKS, **one)}"
        counts.append(Count(f"Chưa có: {words}", len(units[group]) - having, lacking, len(units[group])))
    due = sum(told.is_due(unit) for unit in told.systems)
    counts.append(Count("Đến hạn đánh giá nội bộ", due, f"?{asked.query(chi=DUE, nhom='', tieu_chuan='')}"))
    groups = [(group, words.capitalize()) for group, (words, _, _) in GROUPS.items()]
    standards = sorted({row.standard for row in told.systems.values()})
    for standard in standards:
        these = sum(row.standard == standard for row in told.systems.values())
        counts.append(Count(standard, these, f"?{asked.query(tieu_chuan=standard, chi='', nhom='')}"))
    return register_page(
        request,
        asked,
        tab="quality-systems",
        title="Hệ thống quản lý chất lượng ISO 9001",
        table=_table(told),
        counts=counts,
        filters=[
            Filter("nhom", "Nhóm đơn vị", groups, asked.get("nhom")),
            Filter("chi", "Chỉ xem", ONLY, asked.get("chi")),
            Filter("tieu-chuan", "Tiêu chuẩn", [(one, one) for one in standards], asked.get("tieu-chuan")),
        ],
        notes=_notes(told.law),
        ways=[(reverse("new-audit"), "Ghi lần đánh giá")] if may_keep_registers(actor_of(request)) else [],
        empty="Không có đơn vị nào khớp.",
        sheet_url=reverse("quality-systems-sheet"),
        new_url=reverse("new-quality"),
        new_words="Ghi công bố",
    )  # fmt: skip


def quality_sheet(request: HttpRequest) -> FileResponse:
    """4 statements besides the session's."""
    asked, known = asked_of(request, "nhom", "chi", "tieu-chuan"), picture()
    return book(_table(Book(asked, known)), asked, "iso-9001.xlsx")


def _notes(law: LawRule | None) -> list[Note]:
    if law is None:
        return []
    words = f"Đánh giá nội bộ {number(int(law.value))} tháng một lần ({law.citation})."
    return [Note(words, evidence=law.evidence)]


def _table(told: Book) -> Table:
    asked, known = told.asked, told.known
    chosen = asked.get("nhom")
    wanted = [one for group, one in GROUPS.items() if not chosen or group == chosen]
    units = [span for _, kinds, tier in wanted for span in standing(known, asked.on, kinds, tier)]
    listed = {span.unit_id for span in units}
    if not chosen:
        others = (known.at(unit, asked.on) for unit in told.systems if unit not in listed)
        units += [span for span in others if span is not None]
    return Table(
        "Hệ thống quản lý chất lượng",
        COLUMNS,
        [quality_line(one, told) for one in units if _shown(one, told)],
    )


def _shown(span: Span, told: Book) -> bool:
    only, row = told.asked.get("chi"), told.systems.get(span.unit_id)
    standard = told.asked.get("tieu-chuan")
    if standard and (row is None or row.standard != standard):
        return False
    return {HAS: row is not None, LACKS: row is None, DUE: told.is_due(span.unit_id)}.get(only, True)


def quality_line(span: Span, told: Book) -> list[Cell]:
    """A unit and its quality system; a chip when it has none."""
    row, on = told.systems.get(span.unit_id), told.asked.on
    name = unit_cell(told.known, span.unit_id, on)
    if row is None:
        return [name, Cell("Chưa có", chip="idle"), *[Cell("")] * 5]
    entry = reverse("register-entry", args=["iso", row.pk])
    day = told.due(span.unit_id)
    next_one = Cell("")
    if day is not None:
        next_one = Cell(f"{day:%d/%m/%Y}", chip="late" if day <= on else "ok")
    held = told.audits.get(span.unit_id, [])
    return [
        name,
        Cell(row.standard),
        Cell(row.scope),
        Cell(number(row.procedures), number=row.procedures),
        Cell(row.decision_number, entry, sub=period(row.valid_from, row.valid_to)),
        audit_cell(held[0]) if held else Cell("Chưa đánh giá"),
        next_one,
    ]


def audit_cell(one: QualityAudit, *, correct: bool = False) -> Cell:
    """An audit in a line: kind and day, what was found below. `correct`: it leads to where it is put right."""
    found = f"{number(one.nonconformities)} điểm không phù hợp" if one.nonconformities else "phù hợp"
    more = f". {one.findings}" if one.findings else ""
    url = reverse("correct-audit", args=[one.pk]) if correct else ""
    return Cell(f"{AUDIT_KINDS[one.kind]} {one.held_on:%d/%m/%Y}", url, sub=f"{one.auditor}: {found}{more}")


def new_quality(request: HttpRequest) -> HttpResponse:
    """1 statement to show besides the session's."""
    known = picture()
    form = QualityForm(
        request.POST or None,
        units=unit_choices(known, clock.today()),
        initial={"unit": known.by_code(request.GET.get("don-vi", ""))},
    )

    def act(data: dict[str, Any]) -> str:
        one = NewQuality(data["unit"], data["standard"], data["scope"], data["procedures"])
        by = actor_of(request)
        record_quality([one], form.period(), decision=form.paper(), by=by, at=clock.now())
        return f"Đã ghi công bố {one.standard}."

    return entry_form(
        request,
        form,
        act,
        title="Ghi công bố, chứng nhận",
        back=reverse("quality-systems"),
        back_words="ISO 9001",
    )


def new_audit(request: HttpRequest) -> HttpResponse:
    """1 statement to show besides the session's."""
    known = picture()
    form = AuditForm(
        request.POST or None,
        units=unit_choices(known, clock.today()),
        initial={"unit": known.by_code(request.GET.get("don-vi", ""))},
    )

    def act(data: dict[str, Any]) -> str:
        one = NewAudit(
            data["unit"],
            data["held_on"],
            data["kind"],
            data["auditor"],
            data["nonconformities"],
            data["findings"],
        )
        record_audits([one], by=actor_of(request), at=clock.now())
        return "Đã ghi lần đánh giá."

    return entry_form(
        request, form, act, title="Ghi lần đánh giá", back=reverse("quality-systems"), back_words="ISO 9001"
    )


def correct_wrong_audit(request: HttpRequest, audit_id: int) -> HttpResponse:
    """`/to-chuc/iso/danh-gia/12/dinh-chinh/`. 1 statement to show besides the session's."""
    old = QualityAudit.objects.filter(pk=audit_id, superseded_at=None).first()
    if old is None:
        raise Http404
    known = picture()
    said = {
        name: getattr(old, name) for name in ("kind", "held_on", "auditor", "nonconformities", "findings")
    }
    span = known.nearest(old.unit_id, old.held_on)
    form = CorrectAuditForm(request.POST or None, initial=said)

    def act(data: dict[str, Any]) -> str:
        right = NewAudit(
            old.unit_id,
            *(data[name] for name in ("held_on", "kind", "auditor", "nonconformities", "findings")),
        )
        never = data["never"]
        correct_audit(old.pk, None if never else right, why=data["why"], by=actor_of(request), at=clock.now())
        return "Đã hủy dòng ghi sai." if never else "Đã đính chính lần đánh giá."

    return entry_form(
        request,
        form,
        act,
        title="Đính chính lần đánh giá",
        back=reverse("unit-registers", args=[span.code]) if span else reverse("quality-systems"),
        back_words=span.name if span else "ISO 9001",
        about="Dòng cũ không sửa: dòng đúng thay nó, cả hai còn trong nhật ký và khi xem theo ngày ghi nhận trước.",
    )
