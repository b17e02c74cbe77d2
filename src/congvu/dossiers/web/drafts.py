"""The draft of a result as a paper: the PDF brought, or the notice as it would be signed, marked as a draft."""

from django.http import FileResponse, HttpRequest, HttpResponse

from congvu.dossiers.access import visible_to
from congvu.dossiers.models import ResultDraft
from congvu.dossiers.queries.detail import NotVisible, detail_by_code
from congvu.dossiers.web.files import sent_file
from congvu.dossiers.web.papers.result_pdf import Telling, result_pdf
from congvu.foundation import clock
from congvu.foundation.papers.pdf import PDF
from congvu.organisation.queries import picture


def draft_file(request: HttpRequest, code: str, number: int) -> HttpResponse | FileResponse:
    """`/ho-so/<mã>/du-thao/<lần>/`. 4-5 statements. Officials alone: what is not signed is nobody else's paper yet."""
    draft = ResultDraft.objects.select_related("file").filter(dossier__code=code, number=number).first()
    if draft is None or draft.file_id is not None:
        return sent_file(request, draft, code)
    now = clock.now()
    found = detail_by_code(visible_to(request.actor, now.date()), code)  # type: ignore[attr-defined]
    if draft.dossier_id != found.id:
        raise NotVisible("Không có dự thảo này, hoặc bạn không được xem.", where=code)
    telling = Telling(draft.name, draft.text, draft=True)
    answer = HttpResponse(result_pdf(found, telling, picture(), now.date()), content_type=PDF)
    answer["Content-Disposition"] = f'inline; filename="du-thao-{code}-{number}.pdf"'
    answer["X-Content-Type-Options"] = "nosniff"
    answer["Cache-Control"] = "private, no-store"
    return answer
