"""Correct a returned dossier (đính chính): state 10 is final, so the correction is a new dossier linked to the old."""

from datetime import datetime
from uuid import UUID

from congvu.dossiers.access import visible, visible_to
from congvu.dossiers.actions.intake import Intake, PaperIn, Person, Received
from congvu.dossiers.actions.receive import receive
from congvu.dossiers.models import Dossier, DossierPaper
from congvu.dossiers.rules.status import Status
from congvu.foundation.identity.actor import Actor
from congvu.foundation.refusal import Refused


def correct(dossier_id: int, reason: str, intake_key: UUID, *, by: Actor, at: datetime) -> Received:
    """Receive anew, free of retyping, what was answered wrongly (NĐ 61/2018 art. 21). 4 statements."""
    if not reason.strip():
        raise Refused(
            "Chưa ghi lý do đính chính.",
            where="reason",
            do="Ghi sai sót và nơi gây ra sai sót.",
            article="NĐ 61/2018, Điều 21",
        )
    old = visible(Dossier.objects.filter(pk=dossier_id), visible_to(by, at.date())).first()
    if old is None:
        raise Refused("Không tìm thấy hồ sơ này trong phạm vi của bạn.", where=str(dossier_id))
    if old.status != Status.RETURNED:
        raise Refused("Chỉ đính chính hồ sơ đã trả kết quả.", where=str(old), do="Xử lý tiếp hồ sơ đang mở.")
    papers = tuple(
        PaperIn(
            p.name,
            p.case_paper_id,
            p.order,
            p.received,
            p.originals,
            p.certified,
            p.copies,
            p.digitised,
            p.file_id,
            p.file_name,
        )
        for p in DossierPaper.objects.filter(dossier=old).order_by("order", "id")
    )
    again = Intake(
        intake_key=intake_key,
        version_id=old.procedure_version_id,
        channel=old.channel,
        receiving_unit_id=old.receiving_unit_id,
        owner=Person(old.owner_name, old.owner_number, old.owner_phone, old.owner_email, old.owner_address),
        case_id=old.case_id,
        competent_unit_id=old.competent_unit_id,
        help_unit_id=old.help_unit_id,
        submitter=Person(old.submitter_name, old.submitter_number) if old.submitter_name else None,
        summary=f"Đính chính {old.code}: {reason}"[:1000],
        copies=old.copies,
        return_method=old.return_method,
        told_by=old.told_by,
        subject_kind=old.subject_kind,
        papers=papers,
        owner_account_id=old.owner_account_id,
        corrects=old.pk,
    )
    return receive([again], by=by, at=at)[0]
