"""The addresses of the one-stop and who may open each. The path is what a person would type, without accents."""

from congvu.dossiers.web.assignments import assignments
from congvu.dossiers.web.bank_lines import bank_lines
from congvu.dossiers.web.batch import batch_page, batches
from congvu.dossiers.web.board import interlinking_board
from congvu.dossiers.web.book import book, book_pdf
from congvu.dossiers.web.bulk import bulk_verb
from congvu.dossiers.web.calendar import calendar, calendar_preview, calendar_revoke
from congvu.dossiers.web.conformance import conformance_page, event_log
from congvu.dossiers.web.contact import my_contact
from congvu.dossiers.web.counter import counter, counter_drop_draft, counter_guidance, counter_search
from congvu.dossiers.web.dossier import dossier, registered
from congvu.dossiers.web.dossier_list import dossier_list, dossier_sheet
from congvu.dossiers.web.drafts import draft_file
from congvu.dossiers.web.envelope import envelope, envelope_list, envelope_registered, envelope_slip
from congvu.dossiers.web.envelope_counter import group_counter, group_counter_list
from congvu.dossiers.web.envelope_papers import envelope_paper_file
from congvu.dossiers.web.envelope_refusal import envelope_refusal
from congvu.dossiers.web.envelope_register import register_group
from congvu.dossiers.web.files import paper_file, registered_paper_file, result_file
from congvu.dossiers.web.give_back import give_back
from congvu.dossiers.web.incidents import incident_list, incident_page
from congvu.dossiers.web.look_up import look_up
from congvu.dossiers.web.mandates import mandates
from congvu.dossiers.web.move_log import move_log
from congvu.dossiers.web.move_preview import move_preview
from congvu.dossiers.web.my_dossiers import my_dossier, my_dossiers
from congvu.dossiers.web.my_envelope import my_envelope
from congvu.dossiers.web.my_results import my_results
from congvu.dossiers.web.my_work import my_work
from congvu.dossiers.web.notice_templates import notice_template, notice_templates
from congvu.dossiers.web.office_hours import office_hours
from congvu.dossiers.web.online import online_waiting
from congvu.dossiers.web.opinions import opinion_file, opinion_page, opinions, visit_file
from congvu.dossiers.web.outbox import outbox
from congvu.dossiers.web.paper_templates import default_word, paper_templates
from congvu.dossiers.web.pay import demo_bank, pay, payment_callback
from congvu.dossiers.web.postal import postal
from congvu.dossiers.web.receipt import receipt, receipt_pdf
from congvu.dossiers.web.reconcile import reconcile, reconcile_sheet
from congvu.dossiers.web.refunds import refund_list, refund_page
from congvu.dossiers.web.register import register
from congvu.dossiers.web.running import running
from congvu.dossiers.web.simulation import simulation_page, simulations
from congvu.dossiers.web.slips import registered_slip, registered_slip_pdf, slip, slip_as_word, slip_pdf
from congvu.dossiers.web.slips_print import slips_print
from congvu.dossiers.web.stranded import stranded
from congvu.dossiers.web.till import day_sheet, day_sheet_pdf, to_collect, waivers
from congvu.dossiers.web.verb import registered_verb_page, verb_page
from congvu.dossiers.web.work_sheet import work_sheet
from congvu.foundation.identity.roles import (
    ADMIN,
    AUDITOR,
    CITIZEN,
    CLERK,
    LEADER,
    OFFICIAL_ROLES,
    PUBLIC,
    SPECIALIST,
)
from congvu.foundation.ui.routes import page
from congvu.procedures.access import MOVERS

HANDLERS = (CLERK, SPECIALIST, LEADER)
READ_BOARD = (CLERK, LEADER, AUDITOR)  # those who watch over others' work
TILL = (CLERK, LEADER, AUDITOR)  # who reconciles fees
READERS = (*OFFICIAL_ROLES, CITIZEN)  # files and slips; the access predicate then says of which dossiers

urlpatterns = [
    page("tra-cuu/", look_up, roles=PUBLIC, name="look-up"),
    page("nop-ho-so/lien-thong/<str:code>/", register_group, roles=(CITIZEN,), name="register-group"),
    page("nop-ho-so/<str:code>/", register, roles=(CITIZEN,), name="register"),
    page("ho-so-cua-toi/", my_dossiers, roles=(CITIZEN,), name="my-dossiers"),
    page("ho-so-cua-toi/<int:pk>/nop-phi/", pay, roles=(CITIZEN,), name="pay"),
    page("thanh-toan/bao-co/<slug:name>/", payment_callback, roles=PUBLIC, name="payment-callback"),
    page("ngan-hang-mau/<slug:reference>/", demo_bank, roles=PUBLIC, name="demo-bank"),
    page("ho-so-cua-toi/<int:pk>/lien-he/", my_contact, roles=(CITIZEN,), name="my-contact"),
    page("ho-so-cua-toi/<int:pk>/", my_dossier, roles=(CITIZEN,), name="my-dossier"),
    page("tiep-nhan/", counter, roles=(CLERK,), name="counter"),
    page("ho-so-cua-toi/ket-qua/", my_results, roles=(CITIZEN,), name="my-results"),
    page("ho-so-cua-toi/lien-thong/<int:pk>/", my_envelope, roles=(CITIZEN,), name="my-envelope"),
    page("ho-so-lien-thong/", envelope_list, roles=OFFICIAL_ROLES, name="envelope-list"),
    page(
        "ho-so-lien-thong/dang-ky/<int:pk>/",
        envelope_registered,
        roles=OFFICIAL_ROLES,
        name="envelope-registered",
    ),
    page(
        "ho-so-lien-thong/giay-to/<int:pk>/<int:position>/<int:nth>/",
        envelope_paper_file,
        roles=READERS,
        name="envelope-paper-file",
    ),
    page("ho-so-lien-thong/<str:code>/", envelope, roles=READERS, name="envelope"),
    page(
        "ho-so-lien-thong/dang-ky/<int:pk>/phieu-tu-choi/",
        envelope_refusal,
        roles=READERS,
        name="envelope-refusal",
    ),
    page("ho-so-lien-thong/<str:code>/giay-hen/", envelope_slip, roles=READERS, name="envelope-slip"),
    page("tiep-nhan/lien-thong/", group_counter_list, roles=(CLERK,), name="group-counter-list"),
    page("tiep-nhan/lien-thong/<str:code>/", group_counter, roles=(CLERK,), name="group-counter"),
    page("tiep-nhan/thu-tuc/", counter_search, roles=(CLERK,), name="counter-search"),
    page("tiep-nhan/truc-tuyen/", online_waiting, roles=(CLERK,), name="online-waiting"),
    page("tiep-nhan/nhap/<int:pk>/bo/", counter_drop_draft, roles=(CLERK,), name="counter-drop-draft"),
    page("tiep-nhan/nhap/<int:pk>/phieu-bo-sung/", counter_guidance, roles=(CLERK,), name="counter-guidance"),
    page("tra-ket-qua/buu-chinh/", postal, roles=(CLERK,), name="postal"),
    page("tra-ket-qua/", give_back, roles=(CLERK,), name="give-back"),
    page("viec-cua-toi/", my_work, roles=HANDLERS, name="my-work"),
    page("viec-cua-toi/tai-ve/", work_sheet, roles=HANDLERS, name="work-sheet"),
    page("viec-cua-toi/hang-loat/", bulk_verb, roles=HANDLERS, name="bulk-verb"),
    page("viec-cua-toi/luot/", batches, roles=HANDLERS, name="batches"),
    page("viec-cua-toi/luot/<int:pk>/", batch_page, roles=HANDLERS, name="batch"),
    page("phan-cong/", assignments, roles=(LEADER,), name="assignments"),
    page("tham-quyen-ky/", mandates, roles=(LEADER, ADMIN), name="mandates"),
    page("y-kien/", opinions, roles=HANDLERS, name="opinions"),
    page("y-kien/<int:pk>/", opinion_page, roles=OFFICIAL_ROLES, name="opinion"),
    page("y-kien/<int:pk>/tep/", opinion_file, roles=OFFICIAL_ROLES, name="opinion-file"),
    page("su-co/", incident_list, roles=OFFICIAL_ROLES, name="incidents"),
    page("su-co/<int:pk>/", incident_page, roles=OFFICIAL_ROLES, name="incident"),
    page("tham-tra/<int:pk>/tep/", visit_file, roles=OFFICIAL_ROLES, name="visit-file"),
    page("thu-phi/", to_collect, roles=TILL, name="to-collect"),
    page("thu-phi/bang-ke/", day_sheet, roles=TILL, name="day-sheet"),
    page("thu-phi/bang-ke/in/", day_sheet_pdf, roles=TILL, name="day-sheet-pdf"),
    page("thu-phi/sao-ke/", bank_lines, roles=(CLERK,), name="bank-lines"),
    page("thu-phi/mien-giam/", waivers, roles=TILL, name="waivers"),
    page("thu-phi/bien-lai/<int:pk>/", receipt, roles=READERS, name="receipt"),
    page("thu-phi/bien-lai/<int:pk>/in/", receipt_pdf, roles=READERS, name="receipt-pdf"),
    page("thu-phi/hoan-tra/", refund_list, roles=TILL, name="refunds"),
    page("thu-phi/hoan-tra/<int:pk>/", refund_page, roles=TILL, name="refund"),
    page("thu-phi/doi-soat/", reconcile, roles=TILL, name="reconcile"),
    page("thu-phi/doi-soat/tai-ve/", reconcile_sheet, roles=TILL, name="reconcile-sheet"),
    page("lich/", calendar, roles=OFFICIAL_ROLES, name="calendar"),
    page("lich/don-vi/", office_hours, roles=OFFICIAL_ROLES, name="office-hours"),
    page("lich/bai-bo/", calendar_revoke, roles=(ADMIN,), name="calendar-revoke"),
    page("lich/xem-truoc/<slug:what>/", calendar_preview, roles=(ADMIN,), name="calendar-preview"),
    page("thong-bao/", outbox, roles=(ADMIN, LEADER), name="outbox"),
    page("thong-bao/mau/", notice_templates, roles=(ADMIN,), name="notice-templates"),
    page(
        "thong-bao/mau/<slug:kind>/<slug:channel>/", notice_template, roles=(ADMIN,), name="notice-template"
    ),
    page("mau-phieu/", paper_templates, roles=(ADMIN,), name="paper-templates"),
    page("mau-phieu/<slug:slug>/mac-dinh/", default_word, roles=(ADMIN,), name="default-word"),
    page("so-theo-doi/", book, roles=OFFICIAL_ROLES, name="book"),
    page("so-theo-doi/<int:unit>/<int:year>/<int:volume>/", book_pdf, roles=OFFICIAL_ROLES, name="book-pdf"),
    page("tuan-thu-quy-trinh/", conformance_page, roles=(LEADER, AUDITOR), name="conformance"),
    page("tuan-thu-quy-trinh/nhat-ky/", event_log, roles=(LEADER, AUDITOR), name="event-log"),
    page("thu-tuc/<str:code>/ho-so-dang-chay/", running, roles=MOVERS, name="running-dossiers"),
    page("thu-tuc/<str:code>/ho-so-dang-chay/xem-truoc/", move_preview, roles=MOVERS, name="move-preview"),
    page("thu-tuc/<str:code>/ho-so-dang-chay/lan/<int:pk>/", move_log, roles=MOVERS, name="move-log"),
    page("thu-tuc/<str:code>/mo-phong/", simulations, roles=MOVERS, name="simulations"),
    page("thu-tuc/<str:code>/mo-phong/<int:pk>/", simulation_page, roles=MOVERS, name="simulation"),
    page("bang-lien-thong/", interlinking_board, roles=READ_BOARD, name="board"),
    page("ho-so/", dossier_list, roles=OFFICIAL_ROLES, name="dossier-list"),
    page("ho-so/don-vi-da-giai-the/", stranded, roles=(LEADER,), name="stranded"),
    page("ho-so/tai-ve/", dossier_sheet, roles=OFFICIAL_ROLES, name="dossier-sheet"),
    page("ho-so/in/", slips_print, roles=OFFICIAL_ROLES, name="slips-print"),
    page("ho-so/dang-ky/<int:pk>/", registered, roles=READERS, name="registered"),
    page(
        "ho-so/dang-ky/<int:pk>/viec/<slug:slug>/",
        registered_verb_page,
        roles=HANDLERS,
        name="registered-verb",
    ),
    page(
        "ho-so/dang-ky/<int:dossier>/tep/<int:pk>/",
        registered_paper_file,
        roles=READERS,
        name="registered-paper-file",
    ),
    page(
        "ho-so/dang-ky/<int:pk>/in/<slug:slug>/",
        registered_slip_pdf,
        roles=READERS,
        name="registered-slip-pdf",
    ),
    page("ho-so/dang-ky/<int:pk>/<slug:slug>/", registered_slip, roles=READERS, name="registered-slip"),
    page("ho-so/<str:code>/", dossier, roles=READERS, name="dossier"),
    page("ho-so/<str:code>/tep/<int:pk>/", paper_file, roles=READERS, name="paper-file"),
    page("ho-so/<str:code>/ket-qua/<int:pk>/", result_file, roles=READERS, name="result-file"),
    page("ho-so/<str:code>/du-thao/<int:number>/", draft_file, roles=OFFICIAL_ROLES, name="draft-file"),
    page("ho-so/<str:code>/viec/<slug:slug>/", verb_page, roles=HANDLERS, name="verb"),
    page("ho-so/<str:code>/in/<slug:slug>/", slip_pdf, roles=READERS, name="slip-pdf"),
    page("ho-so/<str:code>/word/<slug:slug>/", slip_as_word, roles=READERS, name="slip-word"),
    page("ho-so/<str:code>/<slug:slug>/", slip, roles=READERS, name="slip"),
]
