"""The audit log in words: verbs, kinds of thing, and what changed between before and after. Pure."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from congvu.foundation.accounts.words import VERBS as ACCOUNT_VERBS

KINDS = {
    "account": "Tài khoản",
    "grant": "Vai trò",
    "unit": "Đơn vị",
    "unit_event": "Sự kiện tổ chức",
    "localities": "Danh mục địa bàn",
    "dossier": "Hồ sơ",
    "case_import": "Lần nhập vụ việc",
    "calendar": "Lịch làm việc",
}
VERBS = {
    **ACCOUNT_VERBS,
    "organisation.hand_over_grant": "Bàn giao vai trò",
    "organisation.correct": "Đính chính tổ chức",
    "organisation.load_localities": "Nạp danh mục địa bàn",
    "dossier.import_cases": "Nhập vụ việc đã qua",
    "attach": "Đính kèm giấy tờ",
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
    why: str
    changes: tuple[Change, ...]


def acts(entries: Iterable[Any], units: Mapping[int, str]) -> list[Act]:
    """Rows of the log in words. `units` names the offices."""
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
            why=one.why,
            changes=changes(one.before, one.after),
        )
        for one in entries
    ]


def changes(before: Mapping[str, Any] | None, after: Mapping[str, Any] | None) -> tuple[Change, ...]:
    """The fields that differ, in the order of `after`, then those that went away."""
    old, new = before or {}, after or {}
    names = [*new, *(name for name in old if name not in new)]
    return tuple(
        Change(name, _text(old[name]) if name in old else None, _text(new[name]) if name in new else None)
        for name in names
        if name not in old or name not in new or old[name] != new[name]
    )


def _text(value: Any) -> str:
    if value is None:
        return "–"
    if isinstance(value, bool):
        return "có" if value else "không"
    text = str(value)
    return text if len(text) <= 300 else text[:299] + "…"
