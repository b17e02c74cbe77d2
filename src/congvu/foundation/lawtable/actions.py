"""Changing a rule of the law: never in place. The row in force is closed, a new one follows it."""

import json
from datetime import date, datetime
from typing import Any

from django.db import transaction

from congvu.foundation.audit.actions import record
from congvu.foundation.identity.actor import Actor
from congvu.foundation.identity.roles import ADMIN
from congvu.foundation.lawtable.models import Evidence, LawRule
from congvu.foundation.refusal import Refused
from congvu.foundation.workdays.days import previous_day

# What a value may be, where the programme reads it. Others may hold any JSON.
CHOICES: dict[str, tuple[str, ...]] = {
    "dossier.start_policy": ("reception_day", "transfer_day"),
    "dossier.pause_policy": ("restart", "extend_working_time", "extend_elapsed"),
}


def change_rule(
    code: str,
    value: Any,
    *,
    valid_from: date,
    citation: str,
    evidence: str,
    note: str = "",
    by: Actor,
    at: datetime,
) -> LawRule:
    """A new value of `code` from a day on. Dossiers opened before keep the value they were opened with. 4 statements.

    Refuses: an unknown code, a value the programme cannot use, no citation, a day not after the row in force began.
    """
    if not (by.system or by.has(ADMIN)):
        raise Refused("Chỉ quản trị viên sửa quy định.", do="Đề nghị quản trị viên, kèm văn bản.")
    if code in CHOICES and value not in CHOICES[code]:
        raise Refused(
            f"Giá trị «{value}» không dùng được.", where="value", do=f"Chọn: {', '.join(CHOICES[code])}."
        )
    return put_rule(
        code, "", value, valid_from=valid_from, citation=citation, evidence=evidence, note=note, by=by, at=at
    )


@transaction.atomic
def put_rule(
    code: str,
    name: str,
    value: Any,
    *,
    valid_from: date,
    citation: str,
    evidence: str,
    note: str = "",
    by: Actor,
    at: datetime,
) -> LawRule:
    """The next row of `code`, the one in force closed; the first one when `name` is given. For rooms that keep rows of
    their own: whoever calls has asked who may. 4 statements.

    Refuses: an unknown code without a name, no citation, a day not after the row in force began.
    """
    if not citation.strip():
        raise Refused("Chưa ghi căn cứ.", where="citation", do="Ghi điều, khoản và số văn bản.")
    if evidence not in Evidence.values:
        raise Refused("Mức tin cậy không có trong danh mục.", where="evidence")
    old = LawRule.objects.select_for_update().filter(code=code).order_by("-valid_from").first()
    if old is None and not name:
        raise Refused(f"Không có quy định mã «{code}».", where="code", do="Chọn trong danh sách.")
    if old is not None:
        if valid_from <= old.valid_from:
            raise Refused(
                f"Ngày hiệu lực phải sau {old.valid_from:%d/%m/%Y}, ngày dòng hiện có bắt đầu.",
                where="valid_from",
            )
        old.valid_to = previous_day(valid_from)
        old.save(update_fields=["valid_to"])
    new = LawRule.objects.create(
        code=code, name=name or (old.name if old else ""), value=value, valid_from=valid_from, citation=citation.strip(),
        evidence=evidence, note=note,
    )  # fmt: skip
    record(
        "change_rule", "lawrule", new.pk, by=by, at=at, why=citation,
        before={"value": old.value} if old else None, after={"value": value, "from": valid_from.isoformat()},
    )  # fmt: skip
    return new


def value_from_text(text: str, like: Any) -> Any:
    """What was typed, as the same kind of value as `like` (number, text, JSON)."""
    if isinstance(like, str):
        return text.strip()
    try:
        return json.loads(text)
    except ValueError:
        raise Refused(
            "Giá trị không đọc được.", where="value", do="Ghi một số, hoặc để nguyên dạng đang có."
        ) from None
