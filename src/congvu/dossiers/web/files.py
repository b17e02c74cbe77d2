"""Files of a dossier, through the access check; never named by their stored number alone, never run by the browser."""

from django.http import FileResponse, HttpRequest

from congvu.dossiers.access import Visible, owns_by_number, visible, visible_to
from congvu.dossiers.models import (
    Dossier,
    DossierPaper,
    DossierResult,
    FieldVisit,
    OpinionRequest,
    ResultDraft,
)
from congvu.dossiers.queries.detail import NotVisible
from congvu.foundation import clock
from congvu.foundation.audit.actions import record
from congvu.foundation.files.answer import file_response
from congvu.foundation.identity.actor import Actor


def paper_file(request: HttpRequest, code: str, pk: int) -> FileResponse:
    """`/ho-so/<mã>/tep/<giấy tờ>/`. 3-4 statements: scope, the paper, the audit row."""
    return _paper(request, {"dossier__code": code}, pk, code)


def registered_paper_file(request: HttpRequest, dossier: int, pk: int) -> FileResponse:
    """The same for a dossier that has no code. 3-4 statements."""
    return _paper(request, {"dossier_id": dossier}, pk, str(dossier))


def result_file(request: HttpRequest, code: str, pk: int) -> FileResponse:
    """`/ho-so/<mã>/ket-qua/<kết quả>/`. 3-4 statements."""
    found = DossierResult.objects.select_related("file", "dossier").filter(pk=pk, dossier__code=code).first()
    actor: Actor = request.actor  # type: ignore[attr-defined]
    own = found is not None and owns_by_number(actor, found.dossier.owner_number)
    return sent_file(request, found, code, own=own)


def _paper(request: HttpRequest, which: dict[str, object], pk: int, label: str) -> FileResponse:
    found = DossierPaper.objects.select_related("file").filter(pk=pk, **which).first()
    return sent_file(request, found, label)


def sent_file(
    request: HttpRequest,
    found: DossierPaper | DossierResult | OpinionRequest | FieldVisit | ResultDraft | None,
    label: str,
    *,
    own: bool = False,
) -> FileResponse:
    """The file when the reader may see its dossier, or it is the reader's `own`; reading a citizen's paper is written to the
    audit log."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    now = clock.now()
    if (
        found is None
        or found.file is None
        or not (own or _may_see(visible_to(actor, now.date()), found.dossier_id))
    ):
        raise NotVisible(
            "Không có tệp này, hoặc bạn không được xem.", where=label, do="Mở lại từ trang hồ sơ."
        )
    record(
        "read_file",
        "dossier",
        found.dossier_id,
        by=actor,
        at=now,
        after={"file": found.file.sha256, "name": found.file_name},
    )
    return file_response(found.file, found.file_name)


def _may_see(sight: Visible, dossier_id: int) -> bool:
    return visible(Dossier.objects.filter(pk=dossier_id), sight).exists()
