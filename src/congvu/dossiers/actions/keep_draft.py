"""Keep what a counter has typed (lưu nháp), and drop it. A draft is no dossier: no number, no clock."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction

from congvu.dossiers.models import IntakeDraft
from congvu.foundation.audit.actions import record
from congvu.foundation.identity.actor import Actor
from congvu.foundation.identity.roles import CLERK
from congvu.foundation.refusal import Refused

MOST = 50  # drafts one clerk may keep; past that they are forgotten papers, not work in hand


def keep_draft(
    intake_key: UUID,
    title: str,
    fields: Mapping[str, Any],
    files: Mapping[str, Any],
    *,
    guided: str = "",
    by: Actor,
    at: datetime,
) -> IntakeDraft:
    """Keep or replace the draft of one reception. 4-5 statements.

    `guided`: what the citizen was told in writing to bring (form 02); it stays in the audit log (NĐ 61/2018 art. 15.2).
    Refuses another's draft, and the 51st.
    """
    if by.account_id is None or not by.has(CLERK):
        raise Refused("Chỉ công chức một cửa lưu nháp tiếp nhận.")
    with transaction.atomic():
        kept = IntakeDraft.objects.select_for_update().filter(intake_key=intake_key).first()
        if kept is None:
            if IntakeDraft.objects.filter(account_id=by.account_id or 0).count() >= MOST:
                raise Refused(
                    f"Bạn đang giữ {MOST} bản nháp.", where="nháp", do="Bỏ bớt bản nháp không dùng nữa."
                )
            kept = IntakeDraft(intake_key=intake_key, account_id=by.account_id)
        elif kept.account_id != by.account_id:
            raise Refused("Bản nháp này của người khác.", where="nháp")
        kept.title, kept.fields, kept.files, kept.kept_at = title[:400], dict(fields), dict(files), at
        kept.guided_at = at if guided else kept.guided_at
        kept.save()
        record(
            "guide" if guided else "keep_draft",
            "draft",
            kept.pk,
            by=by,
            at=at,
            why=guided,
            after={"title": kept.title},
        )
    return kept


def drop_draft(pk: int, *, by: Actor, at: datetime) -> bool:
    """Drop one of the actor's drafts; False when it was gone already. 2-3 statements."""
    with transaction.atomic():
        gone, _ = IntakeDraft.objects.filter(pk=pk, account_id=by.account_id or 0).delete()
        if gone:
            record("drop_draft", "draft", pk, by=by, at=at)
    return bool(gone)


def forget_draft(intake_key: UUID, *, by: Actor, at: datetime) -> None:
    """The form was received: its draft has done its work. 2-3 statements."""
    with transaction.atomic():
        pk = (
            IntakeDraft.objects.filter(intake_key=intake_key, account_id=by.account_id or 0)
            .values_list("pk", flat=True)
            .first()
        )
        if pk is not None:
            drop_draft(pk, by=by, at=at)
