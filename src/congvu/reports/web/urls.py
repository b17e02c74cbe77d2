"""The addresses of reports and who may open each; whose drafts one reads access.py says."""

from congvu.foundation.ui.routes import page
from congvu.reports.access import READERS, WRITERS
from congvu.reports.web.compare import last_year_page, versions_page
from congvu.reports.web.edit_report import edit_report, find_figures, preview
from congvu.reports.web.files import report_docx, report_pdf, report_xlsx
from congvu.reports.web.parts import part_page, parts_page
from congvu.reports.web.report import report_page
from congvu.reports.web.report_list import new_report, reports_page
from congvu.reports.web.templates import template_page, templates_page

urlpatterns = [
    page("bao-cao/", reports_page, roles=READERS, name="reports"),
    page("bao-cao/lap/", new_report, roles=WRITERS, name="new-report"),
    page("bao-cao/mau/", templates_page, roles=READERS, name="report-templates"),
    page("bao-cao/mau/<slug:code>/", template_page, roles=READERS, name="report-template"),
    page("bao-cao/phan/<int:part_id>/", part_page, roles=READERS, name="report-part"),
    page("bao-cao/<int:report_id>/", report_page, roles=READERS, name="report"),
    page("bao-cao/<int:report_id>/soan/", edit_report, roles=WRITERS, name="edit-report"),
    page("bao-cao/<int:report_id>/soan/xem/", preview, roles=WRITERS, name="report-preview"),
    page("bao-cao/<int:report_id>/soan/tim/", find_figures, roles=WRITERS, name="report-figures"),
    page("bao-cao/<int:report_id>/thu/", parts_page, roles=READERS, name="report-parts"),
    page("bao-cao/<int:report_id>/khac/", versions_page, roles=READERS, name="report-versions"),
    page("bao-cao/<int:report_id>/nam-truoc/", last_year_page, roles=READERS, name="report-last-year"),
    page("bao-cao/<int:report_id>/pdf/", report_pdf, roles=READERS, name="report-pdf"),
    page("bao-cao/<int:report_id>/docx/", report_docx, roles=READERS, name="report-docx"),
    page("bao-cao/<int:report_id>/xlsx/", report_xlsx, roles=READERS, name="report-xlsx"),
]
