"""The screens of surveys and who may open each. What is answered is open to everybody but officials (access.py)."""

from congvu.foundation.identity.roles import PUBLIC
from congvu.foundation.ui.routes import page
from congvu.surveys.access import COUNTERS, ENTERERS, KEEPERS, READERS, REVIEWERS, SAMPLERS
from congvu.surveys.web.answering import by_counter, by_kiosk, by_link, thanks
from congvu.surveys.web.campaign import survey
from congvu.surveys.web.campaigns import new_survey, survey_list
from congvu.surveys.web.counter import paper_link, public_list, screen
from congvu.surveys.web.papers import paper, papers, write_paper
from congvu.surveys.web.results import public_results, results, unit_results
from congvu.surveys.web.sample import sample
from congvu.surveys.web.sheets import enter_sheet, sheet_template, sheets
from congvu.surveys.web.texts import survey_texts

_SURVEY = "dot-khao-sat/<slug:code>/"

urlpatterns = [
    page("khao-sat/", public_list, roles=PUBLIC, name="survey-list-public"),
    page("khao-sat/<slug:code>/ket-qua/", public_results, roles=PUBLIC, name="survey-public"),
    page("khao-sat/<slug:code>/cam-on/", thanks, roles=PUBLIC, name="survey-thanks"),
    page("khao-sat/<slug:code>/phieu/<str:token>/", by_link, roles=PUBLIC, name="survey-link"),
    page(
        "khao-sat/<slug:code>/quay/<str:unit>/<str:token>/", by_counter, roles=PUBLIC, name="survey-counter"
    ),
    page("khao-sat/<slug:code>/may/<str:token>/", by_kiosk, roles=PUBLIC, name="survey-kiosk"),
    page("dot-khao-sat/", survey_list, roles=READERS, name="surveys"),
    page("dot-khao-sat/moi/", new_survey, roles=KEEPERS, name="new-survey"),
    page(_SURVEY, survey, roles=READERS, name="survey"),
    page(f"{_SURVEY}ket-qua/", results, roles=READERS, name="survey-results"),
    page(f"{_SURVEY}ket-qua/<str:unit>/", unit_results, roles=READERS, name="survey-unit"),
    page(f"{_SURVEY}mau/", sample, roles=SAMPLERS, name="survey-sample"),
    page(f"{_SURVEY}phieu-giay/", sheets, roles=ENTERERS, name="survey-sheets"),
    page(f"{_SURVEY}phieu-giay/nhap/", enter_sheet, roles=ENTERERS, name="enter-survey-sheet"),
    page(f"{_SURVEY}phieu-giay/mau/", sheet_template, roles=ENTERERS, name="survey-sheet-template"),
    page(f"{_SURVEY}y-kien/", survey_texts, roles=REVIEWERS, name="survey-texts"),
    page(f"{_SURVEY}ma-qr/<str:unit>/", screen, roles=COUNTERS, name="survey-screen"),
    page("phieu-moi/<str:code>/", paper_link, roles=COUNTERS, name="survey-paper-link"),
    page("phieu-hoi/", papers, roles=READERS, name="survey-papers"),
    page("phieu-hoi/soan/", write_paper, roles=KEEPERS, name="write-survey-paper"),
    page("phieu-hoi/<int:version_id>/", paper, roles=READERS, name="survey-paper"),
]
