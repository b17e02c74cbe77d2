"""The addresses of the statistics and who may open each; what is counted there the access predicate says."""

from congvu.foundation.identity.roles import AUDITOR, CLERK, LEADER, PERSONNEL, SPECIALIST
from congvu.foundation.ui.routes import page
from congvu.indicators.access import ENTERERS
from congvu.indicators.web.alerts import alerts_page
from congvu.indicators.web.board import board_page, compose_page
from congvu.indicators.web.commune_map import commune_map_page
from congvu.indicators.web.compare import compare_page
from congvu.indicators.web.define import define_page, withdraw_page
from congvu.indicators.web.figure import figure_page, figure_records
from congvu.indicators.web.figures import figure_list
from congvu.indicators.web.form06 import form06_book, form06_page
from congvu.indicators.web.hand import correct_page, enter_page, hand_list, import_page, import_template
from congvu.indicators.web.imported import imported_page
from congvu.indicators.web.index import statistics_page
from congvu.indicators.web.on_time import on_time_page
from congvu.indicators.web.published import publish_page, published_list, published_page
from congvu.indicators.web.reuse import reuse_book, reuse_page

PUBLISHERS = (LEADER, AUDITOR)
READERS = (CLERK, SPECIALIST, LEADER, AUDITOR)  # keeping accounts gives no right to read citizens' files

urlpatterns = [
    page("thong-ke/", statistics_page, roles=READERS, name="statistics"),
    page("thong-ke/so-lieu/", figure_list, roles=(*READERS, PERSONNEL), name="figures"),
    page("thong-ke/so-lieu/<str:code>/", figure_page, roles=(*READERS, PERSONNEL), name="figure"),
    page(
        "thong-ke/so-lieu/<str:code>/tai-ve/",
        figure_records,
        roles=(*READERS, PERSONNEL),
        name="figure-records",
    ),
    page("thong-ke/bang-theo-doi/", board_page, roles=(*READERS, PERSONNEL), name="figure-board"),
    page("thong-ke/bang-theo-doi/lap/", compose_page, roles=(*READERS, PERSONNEL), name="compose-board"),
    page("thong-ke/canh-bao/", alerts_page, roles=ENTERERS, name="figure-alerts"),
    page("thong-ke/so-sanh/", compare_page, roles=(*READERS, PERSONNEL), name="compare-figure"),
    page("thong-ke/nhap-tay/", hand_list, roles=(*READERS, PERSONNEL), name="hand-figures"),
    page("thong-ke/nhap-tay/nhap/", enter_page, roles=ENTERERS, name="enter-figure"),
    page("thong-ke/nhap-tay/tep/", import_page, roles=ENTERERS, name="import-figures"),
    page("thong-ke/nhap-tay/tep/mau/", import_template, roles=ENTERERS, name="import-figures-template"),
    page("thong-ke/nhap-tay/<int:pk>/dinh-chinh/", correct_page, roles=ENTERERS, name="correct-figure"),
    page("thong-ke/so-lieu-rieng/moi/", define_page, roles=ENTERERS, name="define-figure"),
    page(
        "thong-ke/so-lieu-rieng/<str:code>/thoi-dung/", withdraw_page, roles=ENTERERS, name="withdraw-figure"
    ),
    page("thong-ke/bieu-06/", form06_page, roles=READERS, name="form06"),
    page("thong-ke/bieu-06/tai-ve/", form06_book, roles=READERS, name="form06-book"),
    page("thong-ke/dung-han/", on_time_page, roles=READERS, name="on-time"),
    page("thong-ke/tai-su-dung/", reuse_page, roles=READERS, name="reuse"),
    page("thong-ke/tai-su-dung/tai-ve/", reuse_book, roles=READERS, name="reuse-book"),
    page("ban-do/", commune_map_page, roles=(*READERS, PERSONNEL), name="commune-map"),
    page("thong-ke/cong-bo/", published_list, roles=(*READERS, PERSONNEL), name="published-tables"),
    page("thong-ke/cong-bo/moi/", publish_page, roles=PUBLISHERS, name="publish-table"),
    page(
        "thong-ke/cong-bo/<int:table_id>/",
        published_page,
        roles=(*READERS, PERSONNEL),
        name="published-table",
    ),
    page("thong-ke/nhap-ho-so-cu/", imported_page, roles=READERS, name="imported-cases"),
]
