"""The screens of the staffing ledger and who may open each; which units' posts are shown the area's access.py says."""

from congvu.foundation.ui.routes import page
from congvu.staffing.access import READERS, WRITERS
from congvu.staffing.web.decision import decision_page
from congvu.staffing.web.decisions import decisions
from congvu.staffing.web.edit import correct_decision, edit_decision, new_decision
from congvu.staffing.web.ledger import ledger, ledger_sheet
from congvu.staffing.web.streamlining import new_release, release_sheet, streamlining
from congvu.staffing.web.unit import unit_staffing

urlpatterns = [
    page("bien-che/", ledger, roles=READERS, name="ledger"),
    page("bien-che/tai-ve/", ledger_sheet, roles=READERS, name="ledger-sheet"),
    page("bien-che/don-vi/<str:code>/", unit_staffing, roles=READERS, name="unit-staffing"),
    page("bien-che/quyet-dinh/", decisions, roles=READERS, name="quota-decisions"),
    page("bien-che/quyet-dinh/moi/", new_decision, roles=WRITERS, name="new-quota-decision"),
    page("bien-che/quyet-dinh/<int:decision_id>/", decision_page, roles=READERS, name="quota-decision"),
    page(
        "bien-che/quyet-dinh/<int:decision_id>/sua/", edit_decision, roles=WRITERS, name="edit-quota-decision"
    ),
    page(
        "bien-che/quyet-dinh/<int:decision_id>/dinh-chinh/",
        correct_decision,
        roles=WRITERS,
        name="correct-quota-decision",
    ),
    page("bien-che/tinh-gian/", streamlining, roles=READERS, name="streamlining"),
    page("bien-che/tinh-gian/tai-ve/", release_sheet, roles=READERS, name="streamlining-sheet"),
    page("bien-che/tinh-gian/ghi/", new_release, roles=WRITERS, name="new-release"),
]
