"""Files kept with an envelope for the members whose turn has not come."""

from django.http import FileResponse, HttpRequest

from congvu.dossiers.access import visible_to
from congvu.dossiers.queries.detail import NotVisible
from congvu.dossiers.queries.envelope_papers import waiting_papers
from congvu.dossiers.queries.envelopes import envelope_by_id
from congvu.foundation import clock
from congvu.foundation.audit.actions import record
from congvu.foundation.files.answer import file_response
from congvu.foundation.files.models import StoredFile
from congvu.foundation.identity.actor import Actor
from congvu.foundation.identity.roles import CLERK


def envelope_paper_file(request: HttpRequest, pk: int, position: int, nth: int) -> FileResponse:
    """`/ho-so-lien-thong/giay-to/<số>/<thủ tục>/<giấy>/`: to the counter that holds it and to the owner; the reading is
    audited. 4-5 statements."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    now = clock.now()
    found = envelope_by_id(visible_to(actor, now.date()), pk)
    own = actor.account_id is not None and actor.account_id == found.owner_account_id
    papers = waiting_papers(pk).get(position, [])
    kept = papers[nth] if nth < len(papers) and (own or found.receiving_unit_id in actor.units(CLERK)) else {}
    stored = StoredFile.objects.filter(pk=kept["file_id"]).first() if kept.get("file_id") else None
    if stored is None:
        raise NotVisible(
            "Không có tệp này, hoặc bạn không được xem.",
            where=found.label,
            do="Mở lại từ trang hồ sơ liên thông.",
        )
    name = str(kept["file_name"])
    record("read_file", "envelope", pk, by=actor, at=now, after={"file": stored.sha256, "name": name})
    return file_response(stored, name)
