"""A paper sent after the rest of an envelope (bổ sung giấy tờ): for the dossiers that take it, and for members that wait."""

from collections.abc import Collection
from dataclasses import asdict
from datetime import datetime

from django.db import transaction

from congvu.dossiers.actions.attach import attach
from congvu.dossiers.actions.intake import PaperIn
from congvu.dossiers.models import Envelope, EnvelopeMember
from congvu.foundation.audit.actions import record
from congvu.foundation.identity.actor import Actor
from congvu.foundation.refusal import Refused
from congvu.foundation.text import composed


def attach_to_envelope(
    envelope_id: int, positions: Collection[int], paper: PaperIn, *, by: Actor, at: datetime
) -> None:
    """Add a paper to the members at `positions`, all or none. 5 statements a member; the owner's own act."""
    if not composed(paper.name):
        raise Refused("Chưa ghi tên giấy tờ.", where="name", do="Nhập tên giấy tờ.")
    with transaction.atomic():
        row = Envelope.objects.select_for_update().filter(pk=envelope_id).first()
        if row is None or by.account_id is None or row.owner_account_id != by.account_id:
            raise Refused("Bạn chỉ gửi thêm giấy tờ cho hồ sơ của chính mình.")
        members = EnvelopeMember.objects.filter(envelope=row, position__in=positions)
        for member in members.order_by("position"):
            if member.dossier_id is not None:
                attach(member.dossier_id, paper, by=by, at=at)
            elif member.closed_at is None:
                member.papers = [*member.papers, asdict(paper)]
                member.save(update_fields=["papers"])
                facts = {"position": member.position, "name": composed(paper.name), "file": paper.file_id}
                record("attach", "envelope", row.pk, by=by, at=at, after=facts)
