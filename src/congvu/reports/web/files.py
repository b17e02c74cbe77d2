"""A report to take away: PDF, Word, the appendices as XLSX."""

from io import BytesIO

from django.http import FileResponse, HttpRequest

from congvu.foundation.papers.pdf import PDF
from congvu.foundation.papers.word import DOCX
from congvu.organisation.queries import picture
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


def report_pdf(request: HttpRequest, report_id: int) -> FileResponse:
    """`/bao-cao/<id>/pdf/`: 1 statement besides the session's."""
    known = picture()
    found = found_version(request, report_id, known)
    made = pdf_of(tell(found.body, found.numbers, found.charts), fields_of(found, known))
    return FileResponse(BytesIO(made), content_type=PDF, filename=_name(found, "pdf"))


def report_docx(request: HttpRequest, report_id: int) -> FileResponse:
    """`/bao-cao/<id>/docx/`: 1 statement besides the session's."""
    known = picture()
    found = found_version(request, report_id, known)
    made = word_of(tell(found.body, found.numbers, found.charts), fields_of(found, known))
    return FileResponse(BytesIO(made), as_attachment=True, content_type=DOCX, filename=_name(found, "docx"))


def report_xlsx(request: HttpRequest, report_id: int) -> FileResponse:
    """`/bao-cao/<id>/xlsx/`: 2 statements besides the session's."""
    known = picture()
    found = found_version(request, report_id, known)
    was = a_year_before(found.report)
    beside = [row_of(one) for one in numbers_moved(told_of(was), told_of(found))] if was else []
    made = book_of(found.report.title, tell(found.body, found.numbers, found.charts), beside)
    return FileResponse(made, as_attachment=True, content_type=XLSX, filename=_name(found, "xlsx"))


def _name(found: ReportVersion, ending: str) -> str:
    report = found.report
    return f"bao-cao-{report.template}-{report.last:%Y%m%d}-ban-{found.version}.{ending}"
