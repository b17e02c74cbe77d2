"""The addresses of the one-stop and who may open each. The path is what a person would type, without accents."""

from congvu.dossiers.web.dossier import dossier, registered
from congvu.dossiers.web.dossier_list import dossier_list, dossier_sheet
from congvu.dossiers.web.files import paper_file, registered_paper_file, result_file
from congvu.dossiers.web.verb import registered_verb_page, verb_page
from congvu.foundation.identity.roles import CITIZEN, CLERK, LEADER, OFFICIAL_ROLES, SPECIALIST
from congvu.foundation.ui.routes import page

HANDLERS = (CLERK, SPECIALIST, LEADER)
READERS = (*OFFICIAL_ROLES, CITIZEN)  # the access predicate then says which dossiers

urlpatterns = [
    page("ho-so/", dossier_list, roles=OFFICIAL_ROLES, name="dossier-list"),
    page("ho-so/tai-ve/", dossier_sheet, roles=OFFICIAL_ROLES, name="dossier-sheet"),
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
    page("ho-so/<str:code>/", dossier, roles=READERS, name="dossier"),
    page("ho-so/<str:code>/tep/<int:pk>/", paper_file, roles=READERS, name="paper-file"),
    page("ho-so/<str:code>/ket-qua/<int:pk>/", result_file, roles=READERS, name="result-file"),
    page("ho-so/<str:code>/viec/<slug:slug>/", verb_page, roles=HANDLERS, name="verb"),
]
