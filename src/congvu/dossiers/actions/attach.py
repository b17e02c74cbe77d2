"""Attach a paper to a dossier that is still open (bổ sung giấy tờ)."""

from datetime import datetime

from django.db import transaction

from congvu.dossiers.access import visible, visible_to
from congvu.dossiers.actions.door import HANDLERS
from congvu.dossiers.actions.intake import PaperIn
from congvu.dossiers.models import Dossier, DossierPaper
from congvu.dossiers.rules.status import ENDED, Status
from congvu.foundation.audit.actions import record
from congvu.foundation.identity.actor import Actor
from congvu.foundation.identity.roles import CITIZEN
from congvu.foundation.refusal import Refused
from congvu.foundation.text import composed


def attach(dossier_id: int, paper: PaperIn, *, by: Actor, at: datetime) -> DossierPaper:
    """Add a paper. A dossier that ended takes no more papers. 5 statements with the transaction."""
    if not composed(paper.name):
        raise Refused("Chưa ghi tên giấy tờ.", where="name", do="Nhập tên giấy tờ.")
    if not (by.system or by.has(CITIZEN, *HANDLERS)):
        raise Refused("Tài khoản của bạn chỉ được xem hồ sơ này.", where=str(dossier_id))
    with transaction.atomic():
        mine = (
            visible(Dossier.objects.filter(pk=dossier_id), visible_to(by, at.date()))
            .select_for_update(of=("self",))
            .first()
        )
        if mine is None:
            raise Refused("Không tìm thấy hồ sơ này trong phạm vi của bạn.", where=str(dossier_id))
        status = Status(mine.status)
        if status in ENDED or status == Status.REFUSED:
            raise Refused(
                f"Hồ sơ đã ở trạng thái «{status.label}», không nhận thêm giấy tờ.", where=str(mine)
            )
        kept = DossierPaper.objects.create(
            dossier=mine, case_paper_id=paper.case_paper_id, order=paper.order, name=composed(paper.name)[:2000],
            received=paper.received, originals=paper.originals, certified=paper.certified, copies=paper.copies,
            digitised=paper.digitised, file_id=paper.file_id, file_name=paper.file_name[:255], added_at=at,
            added_by=by.account_id,
        )  # fmt: skip
        record(
            "attach",
            "dossier",
            mine.pk,
            by=by,
            at=at,
            after={"paper": kept.pk, "name": kept.name, "file": paper.file_id},
        )
    return kept
