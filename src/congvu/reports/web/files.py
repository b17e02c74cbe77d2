"""A report to take away: PDF, Word, the appendices as XLSX."""

from io import BytesIO

from django.http import FileResponse, HttpRequest

from congvu.foundation.papers.pdf import PDF
from congvu.foundation.papers.word import DOCX
from congvu.organisation.queries import picture
from congvu.organisation.rules.picture import Picture
from congvu.reports.models import ReportVersion
from congvu.reports.queries.reports import a_year_before
from congvu.reports.rules.difference import numbers_moved
from congvu.reports.web.compare import row_of, told_of
from congvu.reports.web.papers.book import XLSX, book_of
from congvu.reports.web.papers.fields import fields_of
from congvu.reports.web.papers.pdf import pdf_of
from congvu.reports.web.papers.word import word_of
from congvu.reports.web.report import found_version
from congvu.reports.web.telling import tell

_TYPES = {".pdf": PDF, ".docx": DOCX, ".xlsx": XLSX}


def report_pdf(request: HttpRequest, report_id: int) -> FileResponse:
    """`/bao-cao/<id>/pdf/`: 1 statement besides the session's."""
    return _answer(request, report_id, ".pdf")


def report_docx(request: HttpRequest, report_id: int) -> FileResponse:
    """`/bao-cao/<id>/docx/`: 1 statement besides the session's."""
    return _answer(request, report_id, ".docx")


def report_xlsx(request: HttpRequest, report_id: int) -> FileResponse:
    """`/bao-cao/<id>/xlsx/`: 2 statements besides the session's."""
    return _answer(request, report_id, ".xlsx")


def bytes_of(found: ReportVersion, known: Picture, ending: str) -> bytes:
    """The version as a file. 1 statement for XLSX, which tells last year's numbers too, else none."""
    telling = tell(found.body, found.numbers, found.charts)
    if ending == ".pdf":
        return pdf_of(telling, fields_of(found, known))
    if ending == ".docx":
        return word_of(telling, fields_of(found, known))
    was = a_year_before(found.report)
    beside = [row_of(one) for one in numbers_moved(told_of(was), told_of(found))] if was else []
    return book_of(found.report.title, telling, beside)


def _answer(request: HttpRequest, report_id: int, ending: str) -> FileResponse:
    known = picture()
    found = found_version(request, report_id, known)
    return FileResponse(
        BytesIO(bytes_of(found, known, ending)), as_attachment=ending != ".pdf", content_type=_TYPES[ending],
        filename=_name(found, ending),
    )  # fmt: skip


def _name(found: ReportVersion, ending: str) -> str:
    report = found.report
    return f"bao-cao-{report.template}-{report.last:%Y%m%d}-ban-{found.version}{ending}"
