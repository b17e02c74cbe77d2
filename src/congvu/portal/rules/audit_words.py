"""The audit log in words: verbs, kinds of thing, and what changed between before and after. Pure."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from congvu.dossiers.rules.bank_file import Verdict
from congvu.dossiers.rules.contact import RETURN_METHODS
from congvu.dossiers.rules.notices import TOLD_BY
from congvu.dossiers.rules.status import Status
from congvu.foundation.accounts.words import VERBS as ACCOUNT_VERBS
from congvu.portal.rules import audit_words_dossiers as dossiers
from congvu.portal.rules import audit_words_indicators as indicators
from congvu.portal.rules import audit_words_indices as indices
from congvu.portal.rules import audit_words_organisation as organisation
from congvu.portal.rules import audit_words_people as people
from congvu.portal.rules import audit_words_procedures as procedures
from congvu.portal.rules import audit_words_reports as reports
from congvu.portal.rules import audit_words_surveys as surveys
from congvu.portal.rules import audit_words_tasks as tasks

_CHOSEN: dict[str, dict[Any, str]] = {
    "return_method": RETURN_METHODS, "told_by": TOLD_BY, "verdict": {one.value: one.label for one in Verdict},
}  # fmt: skip
_STATUS = {int(one): one.label for one in Status}
_DAY = re.compile(r"(\d{4})-(\d\d)-(\d\d)")
KINDS = {
    "account": "Tài khoản",
    "grant": "Vai trò",
    "calendar_edit": "Ngày trong lịch",
    "office_hours": "Giờ làm việc",
    "closure": "Đợt đóng cửa",
    "demo": "Tỉnh mẫu",
    "conference_file": "Hội nghị",
    **organisation.KINDS,
    **people.KINDS,
    **procedures.KINDS,
    **dossiers.KINDS,
    **surveys.KINDS,
    **indices.KINDS,
    **reports.KINDS,
    **tasks.KINDS,
    **indicators.KINDS,
}
VERBS = {
    **ACCOUNT_VERBS,
    "account.create": "Tạo tài khoản trình diễn",
    "reports.load_conference": "Nạp hội nghị từ tệp",
    "edit_calendar": "Ghi ngày vào lịch",
    "revoke_calendar_edit": "Bỏ ngày đã ghi trong lịch",
    "set_office_hours": "Đặt giờ làm việc",
    "revoke_office_hours": "Bỏ giờ làm việc đã đặt",
    "close_office": "Ghi đợt đóng cửa",
    "revoke_closure": "Bỏ đợt đóng cửa",
    "sign": "Ký số một văn bản",
    "put_template": "Thay mẫu phiếu Word",
    "take_back_template": "Dùng lại mẫu phiếu mặc định",
    "demo.build": "Dựng tỉnh mẫu",
    **organisation.VERBS,
    **people.VERBS,
    **procedures.VERBS,
    **dossiers.VERBS,
    **surveys.VERBS,
    **indices.VERBS,
    **reports.VERBS,
    **tasks.VERBS,
    **indicators.VERBS,
}


FIELDS = {
    "lines": "số dòng",
    "file_sha256": "mã băm của tệp",
    "verdict": "kết quả",
    "dossier": "hồ sơ số",
    "amount": "số tiền",
    "size": "cỡ",
    "already": "đã có từ trước",
    "seconds": "số giây",
    "accounts": "số tài khoản",
    "dossiers": "số hồ sơ",
    "competent_unit": "cơ quan giải quyết",
    "receiving_unit": "nơi tiếp nhận",
    "name": "tên",
    "username": "tên đăng nhập",
    "role": "vai trò",
    "unit": "đơn vị số",
    "from": "từ",
    "to": "đến",
    "address": "địa chỉ máy",
    "is_active": "đang dùng",
    "acting": "người thay, số",
    "account": "tài khoản số",
    "status": "trạng thái",
    "code": "mã",
    "step": "bước",
    "ended_on": "ngày kết thúc",
    "valid_to": "đến hết",
    "valid_from": "từ",
    "number": "số",
    "steps": "số bước",
    "event": "sự kiện số",
    "versions": "các bản",
    "reason": "lý do",
    "kind": "loại",
    "channel": "kênh",
    "version": "bản",
    "silent": "không gửi",
    "carrier": "đơn vị chuyển phát",
    "date": "ngày",
    "named": "kèm tên thật",
    "procedure": "thủ tục",
    "events": "số sự kiện",
    "due_on": "hạn",
    "step_due_on": "hạn bước",
    "calendar": "lịch bản",
    "untold": "không báo người nộp, vì",
    "owner_phone": "điện thoại",
    "owner_email": "thư điện tử",
    "owner_address": "địa chỉ người nộp",
    "return_method": "cách nhận kết quả",
    "told_by": "cách báo tin",
    "file": "tệp số",
    "paper": "giấy tờ số",
}


@dataclass(frozen=True, slots=True)
class Change:
    """One field: what it was and what it became; None where there was nothing."""

    name: str
    before: str | None
    after: str | None


@dataclass(frozen=True, slots=True)
class Act:
    """A row of the log for a page."""

    id: int
    at: datetime
    who: str
    office: str
    verb: str
    kind: str
    kind_code: str
    object_id: int
    label: str
    why: str
    changes: tuple[Change, ...]


def acts(
    entries: Iterable[Any], units: Mapping[int, str], codes: Mapping[int, str] | None = None
) -> list[Act]:
    """Rows of the log in words. `units` names the offices; `codes` the dossiers that have one."""
    return [
        Act(
            id=one.id,
            at=one.at,
            who=one.actor_name or ("Khách" if one.actor_id is None else f"tài khoản {one.actor_id}"),
            office=units.get(one.office_id or 0, ""),
            verb=VERBS.get(one.verb, one.verb),
            kind=KINDS.get(one.object_kind, one.object_kind),
            kind_code=one.object_kind,
            object_id=one.object_id,
            label=(codes or {}).get(one.object_id, "") if one.object_kind == "dossier" else "",
            why=one.why,
            changes=changes(one.before, one.after, one.object_kind),
        )
        for one in entries
    ]


def changes(
    before: Mapping[str, Any] | None, after: Mapping[str, Any] | None, kind: str = ""
) -> tuple[Change, ...]:
    """The fields that differ, in the order of `after`, then those that went away. Nothing to nothing is no change."""
    old, new = before or {}, after or {}
    names = [*new, *(name for name in old if name not in new)]
    return tuple(
        Change(
            FIELDS.get(name, name),
            _text(name, old[name], kind) if name in old else None,
            _text(name, new[name], kind) if name in new else None,
        )
        for name in names
        if old.get(name) != new.get(name)
    )


def _text(name: str, value: Any, kind: str) -> str:
    if value is None:
        return "–"
    if isinstance(value, bool):
        return "có" if value else "không"
    if name == "status" and kind == "dossier" and value in _STATUS:
        return _STATUS[value]
    if name in _CHOSEN and value in _CHOSEN[name]:
        return _CHOSEN[name][value]
    if name == "versions" and isinstance(value, list):
        return "; ".join(map(_version, value)) or "–"
    text = str(value)
    day = _DAY.fullmatch(text)
    if day:
        return f"{day[3]}/{day[2]}/{day[1]}"
    return text if len(text) <= 300 else text[:299] + "…"


def _version(one: Any) -> str:
    """A version of a unit as the log keeps it: its name and the days it held."""
    if not isinstance(one, Mapping):
        return str(one)[:100]
    since, until = (_text("", one.get(key), "") if one.get(key) else "" for key in ("from", "to"))
    return f"{one.get('name', '')}, từ {since}" + (f" đến {until}" if until else "")
