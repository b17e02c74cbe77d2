"""The screens of the staffing ledger and who may open each; which units' posts are shown the area's access.py says."""

from congvu.foundation.ui.routes import page
from congvu.people.access import KEEPERS
from congvu.people.access import READERS as PEOPLE_READERS
from congvu.staffing.access import READERS, WRITERS
from congvu.staffing.web.decision import decision_page
from congvu.staffing.web.decisions import decisions
from congvu.staffing.web.edit import correct_decision, edit_decision, new_decision
from congvu.staffing.web.estimate import estimate_page
from congvu.staffing.web.grades import grade_sheet, grade_table
from congvu.staffing.web.ledger import ledger, ledger_sheet
from congvu.staffing.web.new_release import new_release
from congvu.staffing.web.position import edit_position, new_position, position_page
from congvu.staffing.web.scheme import scheme_page, scheme_sheet, unit_scheme
from congvu.staffing.web.schemes import schemes
from congvu.staffing.web.standards import check_page, check_sheet, standards, write_standard
from congvu.staffing.web.streamlining import release_sheet, streamlining
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
    page("bien-che/tinh-gian/uoc-tinh/", estimate_page, roles=WRITERS, name="early-estimate"),
    page("bien-che/tinh-gian/ghi/", new_release, roles=WRITERS, name="new-release"),
    page("bien-che/vi-tri/", schemes, roles=READERS, name="schemes"),
    page("bien-che/vi-tri/don-vi/<str:code>/", unit_scheme, roles=READERS, name="unit-scheme"),
    page("bien-che/vi-tri/de-an/<int:scheme_id>/", scheme_page, roles=READERS, name="scheme"),
    page("bien-che/vi-tri/de-an/<int:scheme_id>/tai-ve/", scheme_sheet, roles=READERS, name="scheme-sheet"),
    page("bien-che/vi-tri/de-an/<int:scheme_id>/them/", new_position, roles=WRITERS, name="new-position"),
    page(
        "bien-che/vi-tri/de-an/<int:scheme_id>/<int:position_id>/",
        position_page,
        roles=READERS,
        name="position",
    ),
    page(
        "bien-che/vi-tri/de-an/<int:scheme_id>/<int:position_id>/sua/",
        edit_position,
        roles=WRITERS,
        name="edit-position",
    ),
    page("bien-che/co-cau-ngach/", grade_table, roles=PEOPLE_READERS, name="grade-structure"),
    page("bien-che/co-cau-ngach/tai-ve/", grade_sheet, roles=PEOPLE_READERS, name="grade-sheet"),
    page("bien-che/tieu-chuan/", standards, roles=READERS, name="standards"),
    page("bien-che/tieu-chuan/ghi/", write_standard, roles=WRITERS, name="write-standard"),
    page("bien-che/tieu-chuan/xet/<slug:key>/", check_page, roles=KEEPERS, name="check-standard"),
    page("bien-che/tieu-chuan/xet/<slug:key>/tai-ve/", check_sheet, roles=KEEPERS, name="check-sheet"),
]
