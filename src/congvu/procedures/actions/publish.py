"""Decisions of the Chủ tịch UBND tỉnh (or a minister): publish, amend, replace, abolish (NĐ 63/2010, Điều 13-16)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction

from congvu.foundation.audit.actions import record_many
from congvu.foundation.identity.actor import Actor
from congvu.foundation.refusal import Refused
from congvu.foundation.text import composed, fold
from congvu.procedures.actions.write_versions import publish_written
from congvu.procedures.models import DecisionItem, Procedure, ProcedureVersion, PublicationDecision
from congvu.procedures.queries.content import contents
from congvu.procedures.rules.checks import missing_parts
from congvu.procedures.rules.words import Action, ProcedureStatus, VersionState

ARTICLE = "NĐ 63/2010, Điều 13-16"


@dataclass(frozen=True, slots=True)
class Decision:
    """A decision as signed. `effective_on` is the first day of what it publishes."""

    number: str
    issuer: str
    issued_on: date
    effective_on: date


def publish(
    procedure_ids: Sequence[int],
    decision: Decision,
    *,
    by: Actor,
    at: datetime,
    action: Action = Action.MOI,
    changed_part: str = "",
) -> list[ProcedureVersion]:
    """Publish the open drafts of procedures by one decision. At most 14 statements for any number.

    What was in force ends on the decision's effective day. Refuses: no draft, a part the decree asks for is missing,
    an effective day before the decision or before the version it ends, an amendment that does not say what changed.
    """
    _refuse_unless_sound(decision, at)
    if action is Action.SUA_DOI_BO_SUNG and not composed(changed_part):
        raise Refused(
            "Chưa nêu phần sửa đổi, bổ sung.",
            where="changed_part",
            do="Ghi rõ bộ phận nào thay đổi.",
            article=ARTICLE,
        )
    with transaction.atomic():
        procedures = _held(procedure_ids)
        drafts = list(
            ProcedureVersion.objects.select_for_update()
            .filter(procedure_id__in=procedures, state=VersionState.DRAFT.value)
            .defer("original")
        )
        _refuse_incomplete(procedures, drafts)
        _refuse_backwards(procedures, decision.effective_on)
        row = _decision(decision)
        ProcedureVersion.objects.filter(pk__in=[one.pk for one in drafts]).update(
            state=VersionState.LOADING.value, valid_from=decision.effective_on
        )
        for draft in drafts:
            draft.valid_from = decision.effective_on
        publish_written(drafts, at=at)
        _now_called(procedures, drafts)
        DecisionItem.objects.bulk_create(
            DecisionItem(
                decision=row, procedure_id=one.procedure_id, version=one, action=action.value,
                changed_part=composed(changed_part),
            )
            for one in drafts
        )  # fmt: skip
        _note("publish", drafts_of=drafts, decision=decision, by=by, at=at)
    return drafts


def amend(
    procedure_ids: Sequence[int], decision: Decision, changed_part: str, *, by: Actor, at: datetime
) -> list[ProcedureVersion]:
    """Publish drafts as amendments, saying which part changed. As `publish`."""
    return publish(
        procedure_ids, decision, by=by, at=at, action=Action.SUA_DOI_BO_SUNG, changed_part=changed_part
    )


def abolish(
    procedure_ids: Sequence[int], decision: Decision, *, by: Actor, at: datetime, why: str = ""
) -> None:
    """End procedures by a decision. At most 9 statements for any number. Refuses one that is not in force.

    What is in force ends on the effective day; running dossiers keep the version they were received under.
    """
    _end(procedure_ids, decision, Action.BAI_BO, ProcedureStatus.ABOLISHED, {}, why, by=by, at=at)


def replace_procedures(
    replaced_by: Mapping[int, int], decision: Decision, *, by: Actor, at: datetime, why: str = ""
) -> None:
    """End procedures and name those that take their place: {old id: new id}. At most 10 statements.

    Refuses a procedure replaced by itself, or by one without a published version: publish that one first.
    """
    if any(old == new for old, new in replaced_by.items()):
        raise Refused("Thủ tục không thể thay thế chính nó.", where="replaced_by", do="Chọn thủ tục khác.")
    published = set(
        ProcedureVersion.objects.filter(
            procedure_id__in=replaced_by.values(), state=VersionState.PUBLISHED.value
        ).values_list("procedure_id", flat=True)
    )
    if not set(replaced_by.values()) <= published:
        raise Refused(
            "Thủ tục thay thế chưa được công bố.",
            where="replaced_by",
            do="Công bố thủ tục mới trước.",
            article=ARTICLE,
        )
    _end(
        list(replaced_by), decision, Action.THAY_THE, ProcedureStatus.REPLACED, replaced_by, why, by=by, at=at
    )


def settle_statuses(*, by: Actor, at: datetime) -> int:
    """Bring statuses up to the day of `at`: procedures whose ending decision has come into effect. A daily job.

    Returns how many changed. At most 6 statements.
    """
    endings = {Action.BAI_BO: ProcedureStatus.ABOLISHED, Action.THAY_THE: ProcedureStatus.REPLACED}
    changed = 0
    with transaction.atomic():
        for action, status in endings.items():
            due = (
                Procedure.objects.filter(
                    decision_items__action=action.value,
                    decision_items__decision__effective_on__lte=at.date(),
                    status=ProcedureStatus.PUBLIC.value,
                )
                .exclude(versions__state=VersionState.PUBLISHED.value, versions__valid_to__isnull=True)
                .distinct()
            )
            ids = list(due.values_list("id", flat=True))
            if ids:
                Procedure.objects.filter(pk__in=ids).update(status=status.value)
                facts = {"status": status.value}
                record_many(
                    "settle_status", "procedures.procedure", [(one, None, facts) for one in ids], by=by, at=at
                )
            changed += len(ids)
    return changed


def _end(
    procedure_ids: Sequence[int],
    decision: Decision,
    action: Action,
    status: ProcedureStatus,
    replaced_by: Mapping[int, int],
    why: str,
    *,
    by: Actor,
    at: datetime,
) -> None:
    _refuse_unless_sound(decision, at)
    with transaction.atomic():
        procedures = _held(procedure_ids)
        open_versions = list(
            ProcedureVersion.objects.filter(
                procedure_id__in=procedures, state=VersionState.PUBLISHED.value, valid_to__isnull=True
            ).defer("original")
        )
        lacking = set(procedures) - {one.procedure_id for one in open_versions}
        if lacking:
            raise Refused(
                "Thủ tục không đang có hiệu lực.",
                where=procedures[min(lacking)].code,
                do="Bỏ thủ tục đó khỏi quyết định.",
            )
        _refuse_backwards(procedures, decision.effective_on)
        row = _decision(decision)
        ProcedureVersion.objects.filter(pk__in=[one.pk for one in open_versions]).update(
            valid_to=decision.effective_on
        )
        if decision.effective_on <= at.date():
            Procedure.objects.filter(pk__in=procedures).update(status=status.value)
        DecisionItem.objects.bulk_create(
            DecisionItem(
                decision=row, procedure_id=one, action=action.value, replaced_by_id=replaced_by.get(one),
                changed_part=composed(why),
            )
            for one in procedures
        )  # fmt: skip
        _note(action.value.lower(), drafts_of=open_versions, decision=decision, by=by, at=at)


def _refuse_unless_sound(decision: Decision, at: datetime) -> None:
    if not composed(decision.number):
        raise Refused(
            "Chưa có số quyết định.", where="number", do="Gõ số, ví dụ 1234/QĐ-UBND.", article=ARTICLE
        )
    if decision.issued_on > at.date():
        raise Refused("Ngày ký ở tương lai.", where="issued_on", do="Sửa ngày ký.")
    if decision.effective_on < decision.issued_on:
        raise Refused(
            "Ngày hiệu lực trước ngày ký.", where="effective_on", do="Sửa ngày hiệu lực hoặc ngày ký."
        )


def _refuse_incomplete(procedures: Mapping[int, Procedure], drafts: list[ProcedureVersion]) -> None:
    without = set(procedures) - {one.procedure_id for one in drafts}
    if without:
        code = procedures[min(without)].code
        raise Refused("Thủ tục không có bản thảo để công bố.", where=code, do="Lập bản thảo trước.")
    said = contents(one.pk for one in drafts)
    for draft in drafts:
        lacking = missing_parts(said[draft.pk])
        if lacking:
            raise Refused(
                f"Bản thảo thiếu: {', '.join(lacking)}.",
                where=procedures[draft.procedure_id].code,
                do="Bổ sung rồi công bố.",
                article="NĐ 63/2010, Điều 8.2",
            )


def _refuse_backwards(procedures: Mapping[int, Procedure], day: date) -> None:
    later = ProcedureVersion.objects.filter(
        procedure_id__in=procedures,
        state=VersionState.PUBLISHED.value,
        valid_to__isnull=True,
        valid_from__gt=day,
    ).first()
    if later is not None:
        raise Refused(
            f"Đã có bản hiệu lực từ {later.valid_from:%d/%m/%Y}, sau ngày {day:%d/%m/%Y}.",
            where=procedures[later.procedure_id].code,
            do="Chọn ngày hiệu lực muộn hơn.",
        )


def _held(procedure_ids: Sequence[int]) -> dict[int, Procedure]:
    wanted = set(procedure_ids)
    if not wanted:
        raise Refused("Chưa chọn thủ tục nào.", where="procedures", do="Chọn ít nhất một thủ tục.")
    found = {
        one.pk: one for one in Procedure.objects.select_for_update().filter(pk__in=wanted).order_by("id")
    }
    if set(found) != wanted:
        raise Refused("Có thủ tục không tồn tại.", where="procedures", do="Tải lại danh sách.")
    return found


def _decision(decision: Decision) -> PublicationDecision:
    row, _ = PublicationDecision.objects.get_or_create(
        number=composed(decision.number)[:60],
        issued_on=decision.issued_on,
        defaults={"issuer": composed(decision.issuer)[:200], "effective_on": decision.effective_on},
    )
    if row.effective_on != decision.effective_on:
        raise Refused(
            f"Quyết định {row.number} đã ghi hiệu lực từ {row.effective_on:%d/%m/%Y}.",
            where="effective_on",
            do="Dùng đúng ngày đã ghi, hoặc kiểm tra số quyết định.",
        )
    return row


def _now_called(procedures: Mapping[int, Procedure], drafts: list[ProcedureVersion]) -> None:
    for draft in drafts:
        procedure = procedures[draft.procedure_id]
        procedure.name, procedure.name_folded = draft.name, fold(draft.name)
        procedure.status = ProcedureStatus.PUBLIC.value
    Procedure.objects.bulk_update(procedures.values(), ["name", "name_folded", "status"])


def _note(
    verb: str, *, drafts_of: list[ProcedureVersion], decision: Decision, by: Actor, at: datetime
) -> None:
    facts = {"decision": decision.number, "effective_on": decision.effective_on.isoformat()}
    objects = [
        (one.procedure_id, None, {**facts, "version": one.pk, "number": one.number}) for one in drafts_of
    ]
    record_many(verb, "procedures.procedure", objects, by=by, at=at, why=decision.number)
