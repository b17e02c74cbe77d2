"""Publish a group of procedures that belong together (công bố nhóm thủ tục liên thông; TT 01/2018/TT-VPCP, Điều 4)."""

from datetime import date, datetime

from django.db import transaction

from congvu.foundation.audit.actions import record
from congvu.foundation.identity.actor import Actor
from congvu.foundation.refusal import Refused
from congvu.foundation.text import composed, fold
from congvu.organisation.queries import picture
from congvu.procedures.access import may_edit
from congvu.procedures.models import GroupMember, GroupPaper, ProcedureGroup
from congvu.procedures.queries.group_drafts import group_choices
from congvu.procedures.rules.groups import ARTICLE, GroupContent, refuse_unsound
from congvu.procedures.rules.words import VersionState


def publish_group(content: GroupContent, valid_from: date, *, by: Actor, at: datetime) -> ProcedureGroup:
    """Publish a group from a day on; the one in force under its code ends that day. 12 statements.

    Refuses: an unsound group; a procedure or unit that is not there; a day before the first day of the one in force.
    """
    if not (by.system or may_edit(by)):
        raise Refused(
            "Chỉ quản trị danh mục công bố nhóm thủ tục.", do="Đề nghị quản trị viên.", article=ARTICLE
        )
    with transaction.atomic():
        procedures, units = _known(content, valid_from)
        held = list(ProcedureGroup.objects.select_for_update().filter(code=content.code).order_by("number"))
        _close(held, valid_from)
        group = ProcedureGroup.objects.create(
            code=content.code, name=composed(content.name), name_folded=fold(content.name),
            number=1 + max((one.number for one in held), default=0), valid_from=valid_from, published_at=at,
            decision_number=content.decision_number, decision_issuer=content.decision_issuer,
            decided_on=content.decided_on, basis=content.basis, evidence=content.evidence, note=content.note,
        )  # fmt: skip
        rows = GroupMember.objects.bulk_create(
            GroupMember(
                group=group, position=nth, procedure_id=procedures[one.procedure], after=sorted(one.after),
                unit_id=units[one.unit] if one.unit else None,
            )
            for nth, one in enumerate(content.members, 1)
        )  # fmt: skip
        GroupPaper.objects.bulk_create(
            GroupPaper(member=row, paper_key=use.paper_key, share=use.share, result_of=use.result_of)
            for row, one in zip(rows, content.members, strict=True)
            for use in one.papers
        )
        ProcedureGroup.objects.filter(pk=group.pk).update(state=VersionState.PUBLISHED.value)
        facts = {"code": group.code, "number": group.number, "valid_from": valid_from.isoformat()}
        record(
            "publish_group",
            "procedures.group",
            group.pk,
            by=by,
            at=at,
            why=content.decision_number,
            after=facts,
        )
    return group


def _known(content: GroupContent, on: date) -> tuple[dict[str, int], dict[str, int]]:
    """Ids by code of the procedures and of the agencies named; refuses an unsound group, a procedure without a version in
    force, an agency that is not there on the day. 4 statements."""
    choices, known = group_choices([one.procedure for one in content.members], on), picture()
    named = {code: known.by_code(code) for code in {one.unit for one in content.members if one.unit}}
    units = {code: pk for code, pk in named.items() if pk is not None and known.at(pk, on) is not None}
    refuse_unsound(content, {code: one.paper_names for code, one in choices.items()}, units)
    return {code: one.id for code, one in choices.items()}, units


def _close(held: list[ProcedureGroup], valid_from: date) -> None:
    in_force = next((one for one in held if one.valid_to is None), None)
    if in_force is None:
        return
    if in_force.valid_from > valid_from:
        raise Refused(
            f"Nhóm đang dùng có hiệu lực từ {in_force.valid_from:%d/%m/%Y}.",
            where="valid_from",
            do="Chọn ngày muộn hơn.",
        )
    ProcedureGroup.objects.filter(pk=in_force.pk).update(valid_to=valid_from)
