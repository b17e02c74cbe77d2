"""Drafts: start one from what is in force, write it, throw it away. One draft a procedure."""

from dataclasses import replace
from datetime import datetime

from django.db import transaction

from congvu.foundation.audit.actions import record
from congvu.foundation.identity.actor import Actor
from congvu.foundation.refusal import Refused
from congvu.foundation.text import composed, fold
from congvu.procedures.actions.write_versions import NewVersion, write_versions
from congvu.procedures.models import (
    CaseChannel,
    CaseFee,
    CasePaper,
    Field,
    LegalBasis,
    Procedure,
    ProcedureCase,
    ProcedureVersion,
    VersionResult,
)
from congvu.procedures.queries.content import contents
from congvu.procedures.rules.checks import refuse_unless_sound
from congvu.procedures.rules.content import Content, digest
from congvu.procedures.rules.words import ProcedureKind, ProcedureStatus, VersionState


def create_procedure(
    code: str,
    field_name: str,
    content: Content,
    *,
    by: Actor,
    at: datetime,
    kind: str = ProcedureKind.TTHC.value,
    nature: str | None = None,
) -> ProcedureVersion:
    """A new procedure with its first draft. About 12 statements. Refuses a code already used, an unsound content."""
    plain = composed(code)
    if not plain or len(plain) > 40:
        raise Refused("Mã thủ tục để trống hoặc quá 40 ký tự.", where="code", do="Gõ mã, ví dụ 1.000080.")
    refuse_unless_sound(content)
    with transaction.atomic():
        if Procedure.objects.filter(code=plain).exists():
            raise Refused(f"Mã {plain} đã có.", where="code", do="Mở thủ tục đó và lập bản thảo mới.")
        field = _field(field_name)
        procedure = Procedure.objects.create(
            code=plain, name=content.name, name_folded=fold(content.name), field=field, kind=kind, nature=nature,
            status=ProcedureStatus.DRAFT.value,
        )  # fmt: skip
        version = write_versions([NewVersion(procedure.pk, 1, content)], VersionState.DRAFT)[0]
        record(
            "create",
            "procedures.procedure",
            procedure.pk,
            by=by,
            at=at,
            after={"code": plain, "name": content.name},
        )
    return version


def start_draft(procedure_id: int, *, by: Actor, at: datetime) -> ProcedureVersion:
    """A draft that says what the latest published version says. About 12 statements. An open draft is given back."""
    with transaction.atomic():
        procedure = _held(procedure_id)
        versions = list(
            ProcedureVersion.objects.filter(procedure=procedure).defer("original").order_by("-number")
        )
        for version in versions:
            if version.state == VersionState.DRAFT.value:
                return version
        if not versions:
            raise Refused("Thủ tục chưa có bản nào.", where=procedure.code, do="Lập bản thảo đầu tiên.")
        content = contents([versions[0].pk], with_source=True)[versions[0].pk]
        new = NewVersion(procedure.pk, versions[0].number + 1, content)
        draft = write_versions([new], VersionState.DRAFT)[0]
        record(
            "start_draft", "procedures.procedure", procedure.pk, by=by, at=at, after={"number": draft.number}
        )
    return draft


def save_draft(
    procedure_id: int, content: Content, *, expected: str, by: Actor, at: datetime
) -> ProcedureVersion:
    """Write the draft whole. About 16 statements. Stable keys of cases and papers are kept by the caller's content.

    `expected` is the digest the form was made from: refuses when someone else has written meanwhile, or no draft is
    open (it was published: a published version is not edited).
    """
    refuse_unless_sound(content)
    with transaction.atomic():
        procedure = _held(procedure_id)
        draft = ProcedureVersion.objects.filter(procedure=procedure, state=VersionState.DRAFT.value).first()
        if draft is None:
            raise Refused(
                "Bản này đã công bố hoặc không còn: bản đã công bố không sửa được.",
                where=procedure.code,
                do="Bấm «Lập bản thảo mới», sửa, rồi công bố bằng quyết định.",
                article="NĐ 63/2010, Điều 13-16",
            )
        if draft.content_sha256 != expected:
            raise Refused(
                "Bản thảo đã được người khác lưu, hoặc chính bạn ở cửa sổ khác, sau khi mở trang này.",
                where=procedure.code,
                do="Mở lại bản thảo để sửa tiếp.",
            )
        before = draft.content_sha256
        kept = replace(content, source=draft.original, source_sha256=draft.source_sha256)
        number = draft.number
        _erase(draft)
        written = write_versions([NewVersion(procedure.pk, number, kept)], VersionState.DRAFT)[0]
        if procedure.status == ProcedureStatus.DRAFT.value:
            Procedure.objects.filter(pk=procedure.pk).update(
                name=content.name, name_folded=fold(content.name)
            )
        change = {"content": before}, {"content": digest(kept)}
        record(
            "save_draft",
            "procedures.procedure",
            procedure.pk,
            by=by,
            at=at,
            before=change[0],
            after=change[1],
        )
    return written


def drop_draft(procedure_id: int, *, by: Actor, at: datetime) -> None:
    """Throw the open draft away. About 12 statements. Refuses when there is none."""
    with transaction.atomic():
        procedure = _held(procedure_id)
        draft = ProcedureVersion.objects.filter(procedure=procedure, state=VersionState.DRAFT.value).first()
        if draft is None:
            raise Refused("Không có bản thảo nào.", where=procedure.code)
        number = draft.number
        _erase(draft)
        record("drop_draft", "procedures.procedure", procedure.pk, by=by, at=at, before={"number": number})


def _held(procedure_id: int) -> Procedure:
    procedure = Procedure.objects.select_for_update().filter(pk=procedure_id).first()
    if procedure is None:
        raise Refused("Không có thủ tục này.", where=str(procedure_id), do="Chọn thủ tục trong danh sách.")
    return procedure


def _field(name: str) -> Field:
    plain = composed(name)
    folded = fold(plain)
    if not folded:
        raise Refused("Chưa chọn lĩnh vực.", where="field", do="Gõ tên lĩnh vực.")
    code = folded.replace(" ", "-")[:120]
    field, _ = Field.objects.get_or_create(
        name_folded=folded[:300], defaults={"code": code, "name": plain[:300]}
    )
    return field


def _erase(draft: ProcedureVersion) -> None:
    """Delete a draft and its children with one statement a table, not row by row."""
    CaseFee.objects.filter(channel__case__version=draft)._raw_delete("default")
    CaseChannel.objects.filter(case__version=draft)._raw_delete("default")
    CasePaper.objects.filter(case__version=draft)._raw_delete("default")
    ProcedureCase.objects.filter(version=draft)._raw_delete("default")
    VersionResult.objects.filter(version=draft)._raw_delete("default")
    LegalBasis.objects.filter(version=draft)._raw_delete("default")
    ProcedureVersion.objects.filter(pk=draft.pk)._raw_delete("default")
