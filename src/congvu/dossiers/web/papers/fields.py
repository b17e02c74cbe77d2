"""The fields of a slip, by the names that templates in use in the provinces already carry (maHoSo, chuHoSo, …).

Pure but for the settings' province: everything read from the database is in `Detail`, `Picture`, `Calendar`.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from congvu.dossiers.queries.detail import Detail, Event, Step
from congvu.dossiers.rules.contact import RETURN_METHODS
from congvu.dossiers.rules.slips import APOLOGY, REFUSAL, STOPPED, SUPPLEMENT, Form, FormSet, form_set
from congvu.dossiers.web import words
from congvu.dossiers.web.letterhead import closing_hour, letterhead
from congvu.foundation.clock import legal
from congvu.foundation.papers.head import in_words
from congvu.foundation.ui import formats
from congvu.foundation.workdays.rules.calendar import Calendar
from congvu.organisation.rules.picture import Picture

_EVENT = {SUPPLEMENT: "request_supplement", REFUSAL: "refuse", STOPPED: "stop", APOLOGY: "extend"}


@dataclass(frozen=True, slots=True)
class Setting:
    """What a slip needs beside the dossier: where the site is, who prints, on which day."""

    known: Picture
    calendar: Calendar
    today: date
    look_up: str  # the public look-up, as an address
    by: str = ""  # who receives or guides; "" when the citizen prints the own slip


def forms_of(found: Detail) -> FormSet:
    """The forms of the circular in force on the day the dossier came in."""
    return form_set(found.received_on or legal(found.opened_at).date())


def forms_for(found: Detail, *, official: bool) -> list[Form]:
    """The slips a dossier has in its state, in the order of their numbers; the book is not one of them."""
    return [
        form
        for form in forms_of(found).forms
        if form.missing and (official or not form.official) and applies(found, form.slug)
    ]


def applies(found: Detail, slug: str) -> bool:
    """Whether a dossier has that slip: the event it reports took place, or it was received."""
    if slug == APOLOGY:
        return found.extension is not None
    return event_of(found, slug) is not None if slug in _EVENT else found.received_at is not None


def event_of(found: Detail, slug: str) -> Event | None:
    """The latest event a slip reports (its reason, its time); None when it reports none."""
    verb = _EVENT.get(slug)
    return next((event for event in found.events if event.verb == verb), None) if verb else None


def slip_fields(found: Detail, form: Form, at: Setting) -> dict[str, Any]:
    """Every field of one slip. No statement."""
    head = letterhead(at.known, found.receiving_unit_id, at.today)
    event = event_of(found, form.slug)
    reason = event.reason if event else ""
    extension = found.extension
    return {
        "mau": form.slug, "soMau": form.number, "tenMau": form.name, "kho": form.paper.value,
        "thongTu": forms_of(found).circular,
        "tieuDeTrai1": head["parent"], "tieuDeTrai2": head["unit"], "tenDiaDanh": head["place"],
        "ngayThangNam": in_words(at.today), "donViTiepNhan": head["unit"],
        "maHoSo": found.code or "", **_people(found), **_request(found, at),
        "thanhPhanHoSos": _papers(found, form), "buocs": _steps(found.steps, at),
        "nguoiTiepNhan": at.by, "nguoiHuongDan": at.by, "nguoiTuChoi": at.by,
        "lyDo": reason or (extension.reason if extension and form.slug == APOLOGY else ""),
        "thoiGianLap": formats.moment(event.at) if event else "",
        "ngayHenTraCu": formats.day(extension.due_before) if extension else "",
        "ngayHenTraMoi": formats.day(extension.due_after) if extension else "",
        "linkTraCuu": at.look_up,
        "diaChiTraCuu": f"{at.look_up}?ma={found.code}" if found.code else "",
    }  # fmt: skip


def _people(found: Detail) -> dict[str, str]:
    """Owner and who hands in; the slip's "người nộp" is the owner when no one else is named."""
    other = bool(found.submitter_name)
    return {
        "tenNguoiNop": found.submitter_name or found.owner_name,
        "nguoiNopHoSo": found.submitter_name or found.owner_name,
        "kenhThucHien": found.channel.label.lower(),
        "diaChiNguoiNop": found.owner_address, "soDienThoaiNguoiNop": found.owner_phone,
        "emailNguoiNop": found.owner_email,
        "soGiayToNguoiNop": found.submitter_number if other else found.owner_number,
        "chuHoSo": found.owner_name, "diaChiChuHoSo": found.owner_address,
        "soDienThoaiChuHoSo": found.owner_phone, "emailChuHoSo": found.owner_email,
        "soGiayToChuHoSo": found.owner_number,
    }  # fmt: skip


def _request(found: Detail, at: Setting) -> dict[str, str]:
    return {
        "trichYeuHoSo": found.summary or found.procedure,
        "tenTTHC": found.procedure, "maTTHC": found.procedure_code,
        "tenDonVi": at.known.name(found.competent_unit_id, at.today),
        "soBoHoSo": str(found.copies),
        "thoiHanXuLyHoSo": words.term(found.term_n, found.term_unit),
        "thoiGianNop": formats.moment(found.opened_at),
        "ngayTiepNhan": at_hour(found.received_at), "ngayHenTra": _due(found, at.calendar),
        "nhanKetQuaTai": RETURN_METHODS.get(found.return_method, ""),
    }  # fmt: skip


def _due(found: Detail, calendar: Calendar) -> str:
    """ "trước 17 giờ 00 phút, Thứ Hai ngày 30/11/2026"."""
    if found.due_on is None:
        return "không hẹn ngày, báo khi có kết quả" if found.received_at else ""
    hour = formats.hour(found.due_at) if found.due_at else closing_hour(calendar, found.due_on) or "17:00"
    return f"trước {_hour_words(hour)}, {formats.weekday(found.due_on)} ngày {formats.day(found.due_on)}"


def _papers(found: Detail, form: Form) -> list[dict[str, str]]:
    """The papers handed in; on the request for more, those that are still missing."""
    wanted = [paper for paper in found.papers if paper.received != (form.slug == SUPPLEMENT)]
    return [
        {
            "index": str(n), "ten": paper.name, "soBanChinh": str(paper.originals or ""),
            "nhanBanGiay": str(paper.certified or ""), "soBanSao": str(paper.copies or ""),
        }
        for n, paper in enumerate(wanted, 1)
    ]  # fmt: skip


def _steps(steps: Iterable[Step], at: Setting) -> list[dict[str, str]]:
    """The hand-overs of the control slip: who, when it came and went, in time or not."""
    return [
        {
            "ten": step.name, "coQuan": at.known.name(step.unit_id, at.today), "vaiTro": words.ROLES.get(step.role, ""),
            "giaoNhan": at_hour(step.opened_at), "chuyen": at_hour(step.done_at),
            "han": formats.day(step.due_on) if step.due_on else "", "ketQua": outcome(step.done_at, step.due_on),
            "nguoi": step.done_by, "ghiChu": step.note,
        }
        for step in steps
        if step.opened_at is not None
    ]  # fmt: skip


def outcome(done_at: datetime | None, due_on: date | None) -> str:
    """ "Trước hạn", "Đúng hạn", "Quá hạn" of a finished step, as the control slip wants it."""
    if done_at is None:
        return ""
    day = legal(done_at).date()
    if due_on is None or day == due_on:
        return "Đúng hạn"
    return "Trước hạn" if day < due_on else "Quá hạn"


def at_hour(moment: datetime | None) -> str:
    """ "14 giờ 30 phút, ngày 20/11/2026"."""
    return f"{_hour_words(formats.hour(moment))}, ngày {formats.day(moment)}" if moment else ""


def _hour_words(hour: str) -> str:
    hours, minutes = hour.split(":")
    return f"{hours} giờ {minutes} phút"
