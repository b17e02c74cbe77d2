"""The screens of the indices and who may open each; whose sheets are shown the area's access.py says."""

from congvu.foundation.ui.routes import page
from congvu.indices.access import KEEPERS, READERS
from congvu.indices.web.explore import simulation_page, years_page
from congvu.indices.web.index import indices_page
from congvu.indices.web.result import result_book, result_page
from congvu.indices.web.round import round_page
from congvu.indices.web.round_form import new_round
from congvu.indices.web.set import set_page
from congvu.indices.web.set_form import edit_set, new_set
from congvu.indices.web.sheet import proof_file, sheet_page

urlpatterns = [
    page("chi-so/", indices_page, roles=READERS, name="indices"),
    page("chi-so/bo/moi/", new_set, roles=KEEPERS, name="new-index-set"),
    page("chi-so/bo/<int:set_id>/", set_page, roles=READERS, name="index-set"),
    page("chi-so/bo/<int:set_id>/sua/", edit_set, roles=KEEPERS, name="edit-index-set"),
    page("chi-so/ky/moi/", new_round, roles=KEEPERS, name="new-index-round"),
    page("chi-so/ky/<int:round_id>/", round_page, roles=READERS, name="index-round"),
    page("chi-so/ky/<int:round_id>/ket-qua/", result_page, roles=READERS, name="index-result"),
    page("chi-so/ky/<int:round_id>/ket-qua/tai-ve/", result_book, roles=READERS, name="index-result-book"),
    page("chi-so/phieu/<int:sheet_id>/", sheet_page, roles=READERS, name="index-sheet"),
    page("chi-so/phieu/<int:sheet_id>/tep/<int:proof_id>/", proof_file, roles=READERS, name="index-proof"),
    page("chi-so/phieu/<int:sheet_id>/mo-phong/", simulation_page, roles=READERS, name="index-simulation"),
    page("chi-so/phieu/<int:sheet_id>/cac-nam/", years_page, roles=READERS, name="index-years"),
]
