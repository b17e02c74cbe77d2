"""Write the draft of a group of procedures (bản thảo nhóm thủ tục liên thông): begin, save, drop, publish, end."""

import re
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import date, datetime

from django.db import transaction

from congvu.foundation.audit.actions import record
from congvu.foundation.identity.actor import Actor
from congvu.foundation.refusal import Refused
from congvu.foundation.text import composed
from congvu.organisation.queries import picture
from congvu.organisation.rules.picture import Span
from congvu.procedures.access import may_edit
from congvu.procedures.actions.publish_group import publish_group
from congvu.procedures.models import GroupDraft, ProcedureGroup
from congvu.procedures.queries.groups import group_of
from congvu.procedures.rules.groups import ARTICLE, GroupContent, MemberLine, members_of
from congvu.procedures.rules.words import VersionState

_CODE = re.compile(r"[A-Za-z0-9][A-Za-z0-9.-]{0,59}")
_KIND = "procedures.group"


@dataclass(frozen=True, slots=True)
class GroupDecision:
    """The decision that publishes or ends a group, as signed."""

    number: str
    issuer: str
    decided_on: date


@dataclass(frozen=True, slots=True)
class DraftIn:
    """What the page that writes a group says."""

    name: str
    basis: str
    evidence: str
    note: str
    members: Sequence[MemberLine]


def create_group_draft(code: str, name: str, *, by: Actor, at: datetime) -> GroupDraft:
    """The draft of a new group. 4 statements. Refuses a code that is used or is none."""
    _only_editors(by)
    plain = composed(code)
    if not _CODE.fullmatch(plain):
        raise Refused(
            "Mã nhóm chỉ gồm chữ không dấu, số, dấu chấm và gạch nối.", where="code", do="Ví dụ LT.02."
        )
    if not composed(name):
        raise Refused("Chưa ghi tên nhóm.", where="name", do="Ghi tên các thủ tục của nhóm.")
    with transaction.atomic():
        used = (
            ProcedureGroup.objects.filter(code=plain).exists()
            or GroupDraft.objects.filter(code=plain).exists()
        )
        if used:
            raise Refused(
                f"Mã {plain} đã có.", where="code", do="Mở nhóm ấy và lập bản thảo, hoặc chọn mã khác."
            )
        made = GroupDraft.objects.create(
            code=plain, name=composed(name)[:2000], written_at=at, written_by=by.account_id
        )
        record("create_group_draft", _KIND, made.pk, by=by, at=at, after={"code": plain})
    return made


def start_group_draft(code: str, *, by: Actor, at: datetime) -> GroupDraft:
    """A draft that says what the newest published version says; an open draft is given back. 6 statements."""
    _only_editors(by)
    with transaction.atomic():
        held = GroupDraft.objects.filter(code=code).first()
        if held is not None:
            return held
        latest = ProcedureGroup.objects.filter(code=code, state=VersionState.PUBLISHED.value)
        row = latest.order_by("-number").first()
        if row is None:
            raise Refused("Không có nhóm mang mã này.", where=code, do="Lập nhóm mới.")
        known, group = picture(), group_of(row.pk)
        members = [
            MemberLine(
                one.code, one.after, _unit_code(known.of(one.unit_id)) if one.unit_id else "", one.papers
            )
            for one in group.members
        ]
        made = GroupDraft.objects.create(
            code=code, name=row.name, basis=row.basis, evidence=row.evidence, note=row.note,
            members=[asdict(one) for one in members], written_at=at, written_by=by.account_id,
        )  # fmt: skip
        record("create_group_draft", _KIND, made.pk, by=by, at=at, after={"code": code, "from": row.number})
    return made


def save_group_draft(code: str, said: DraftIn, *, expected: int, by: Actor, at: datetime) -> GroupDraft:
    """Write a draft, sound or not. 3 statements. Refuses when somebody else wrote it since."""
    _only_editors(by)
    with transaction.atomic():
        row = GroupDraft.objects.select_for_update().filter(code=code).first()
        if row is None:
            raise Refused(
                "Bản thảo này đã được công bố hoặc đã bỏ.", where=code, do="Mở lại nhóm, lập bản thảo mới."
            )
        if row.version != expected:
            raise Refused(
                "Người khác vừa lưu bản thảo này; chưa ghi gì của bạn.", where=code,
                do="Mở bản thảo ở thẻ khác để so, rồi chép phần của bạn sang.",
            )  # fmt: skip
        row.name, row.basis, row.evidence = (
            composed(said.name)[:2000],
            composed(said.basis)[:300],
            said.evidence,
        )
        row.note, row.members = said.note.strip()[:4000], [asdict(one) for one in said.members]
        row.version, row.written_at, row.written_by = row.version + 1, at, by.account_id
        row.save()
        facts = {"code": code, "members": [one.procedure for one in said.members]}
        record("save_group_draft", _KIND, row.pk, by=by, at=at, after=facts)
    return row


def drop_group_draft(code: str, *, by: Actor, at: datetime) -> None:
    """Throw a draft away. 3 statements; none to throw is no fault."""
    _only_editors(by)
    with transaction.atomic():
        row = GroupDraft.objects.select_for_update().filter(code=code).first()
        if row is not None:
            record("drop_group_draft", _KIND, row.pk, by=by, at=at, after={"code": code})
            row.delete()


def publish_group_draft(
    code: str, decision: GroupDecision, valid_from: date, *, by: Actor, at: datetime
) -> ProcedureGroup:
    """Publish the draft as the next version of its group; the draft is then gone. 15 statements. Refuses as
    `publish_group`, and a day before today: what was received until now was received by what was in force."""
    if valid_from < at.date():
        raise Refused(
            "Ngày áp dụng đã qua.", where="valid_from", do="Chọn hôm nay hoặc ngày sau.", article=ARTICLE
        )
    with transaction.atomic():
        row = GroupDraft.objects.select_for_update().filter(code=code).first()
        if row is None:
            raise Refused("Bản thảo này đã được công bố hoặc đã bỏ.", where=code, do="Mở lại nhóm để xem.")
        content = GroupContent(
            code, row.name, members_of(row.members), row.basis, row.evidence, composed(decision.number),
            composed(decision.issuer), decision.decided_on, row.note,
        )  # fmt: skip
        made = publish_group(content, valid_from, by=by, at=at)
        row.delete()
    return made


def end_group(code: str, decision: GroupDecision, on: date, *, by: Actor, at: datetime) -> None:
    """End a group from a day on: nothing more is received by it; what was received goes on. 4 statements.

    Refuses: no group in force, a day that has passed, or one before the group began.
    """
    _only_editors(by)
    with transaction.atomic():
        row = ProcedureGroup.objects.select_for_update().filter(
            code=code, state=VersionState.PUBLISHED.value, valid_to__isnull=True
        ).first()  # fmt: skip
        if row is None:
            raise Refused(
                "Nhóm này không còn bản nào đang áp dụng.", where=code, do="Mở lại trang nhóm để xem."
            )
        if on < max(at.date(), row.valid_from):
            raise Refused(
                "Ngày kết thúc đã qua, hoặc trước ngày nhóm bắt đầu áp dụng.", where="valid_from",
                do="Chọn hôm nay hoặc ngày sau.",
            )  # fmt: skip
        ProcedureGroup.objects.filter(pk=row.pk).update(valid_to=on)
        facts = {"code": code, "number": row.number, "valid_to": on.isoformat()}
        why = f"{composed(decision.number)}, {composed(decision.issuer)}, {decision.decided_on:%d/%m/%Y}"
        record("end_group", _KIND, row.pk, by=by, at=at, why=why, after=facts)


def _unit_code(spans: Sequence[Span]) -> str:
    return spans[-1].code if spans else ""


def _only_editors(by: Actor) -> None:
    if not (by.system or may_edit(by)):
        raise Refused(
            "Chỉ quản trị danh mục soạn và công bố nhóm thủ tục.",
            do="Đề nghị quản trị viên.",
            article=ARTICLE,
        )
