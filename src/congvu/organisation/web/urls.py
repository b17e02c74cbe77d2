"""The screens of the organisation and who may open each."""

from congvu.foundation.identity.roles import ADMIN, AUDITOR, LEADER, OFFICIAL_ROLES, PUBLIC
from congvu.foundation.ui.routes import page
from congvu.organisation.access import REGISTER_KEEPERS, REGISTER_READERS
from congvu.organisation.web.assigned import (
    assigned_functions,
    assigned_sheet,
    import_assigned,
    judge_cover,
    new_assigned,
)
from congvu.organisation.web.autonomy import autonomy, autonomy_sheet, new_autonomy
from congvu.organisation.web.correct import correct_event, correct_version
from congvu.organisation.web.delegations import delegations, delegations_sheet, new_delegation
from congvu.organisation.web.entry import register_entry
from congvu.organisation.web.events import events
from congvu.organisation.web.facilities import facilities, facilities_sheet, new_facility
from congvu.organisation.web.functions import functions, functions_sheet, new_function
from congvu.organisation.web.handovers import handover, handover_paper, handovers
from congvu.organisation.web.likeness import alike_functions
from congvu.organisation.web.localities import localities
from congvu.organisation.web.matrix import function_matrix, matrix_sheet
from congvu.organisation.web.quality import (
    correct_wrong_audit,
    new_audit,
    new_quality,
    quality_sheet,
    quality_systems,
)
from congvu.organisation.web.record_event import record_event
from congvu.organisation.web.reorganisation import reorganisation
from congvu.organisation.web.tree import tree
from congvu.organisation.web.undo import undo
from congvu.organisation.web.unit import unit
from congvu.organisation.web.unit_registers import unit_registers
from congvu.organisation.web.waiting import waiting_functions

READERS, KEEPERS = REGISTER_READERS, REGISTER_KEEPERS

urlpatterns = [
    page("to-chuc/", tree, roles=OFFICIAL_ROLES, name="organisation"),
    page("to-chuc/su-kien/", events, roles=OFFICIAL_ROLES, name="unit-events"),
    page("to-chuc/su-kien/ghi/", record_event, roles=(ADMIN,), name="record-event"),
    page("to-chuc/su-kien/sap-xep/", reorganisation, roles=(ADMIN,), name="reorganisation"),
    page("to-chuc/su-kien/<int:event_id>/dinh-chinh/", correct_event, roles=(ADMIN,), name="correct-event"),
    page(
        "to-chuc/phien-ban/<int:version_id>/dinh-chinh/",
        correct_version,
        roles=(ADMIN,),
        name="correct-version",
    ),
    page("to-chuc/su-kien/<int:event_id>/hoan-tac/", undo, roles=(ADMIN,), name="undo-event"),
    page("to-chuc/ban-giao/", handovers, roles=(ADMIN, LEADER, AUDITOR), name="handovers"),
    page("to-chuc/ban-giao/<int:handover_id>/", handover, roles=(ADMIN, LEADER, AUDITOR), name="handover"),
    page(
        "to-chuc/ban-giao/<int:handover_id>/bien-ban.pdf",
        handover_paper,
        roles=(ADMIN, LEADER, AUDITOR),
        name="handover-paper",
    ),
    page("to-chuc/chuc-nang/", functions, roles=READERS, name="unit-functions"),
    page("to-chuc/chuc-nang/tai-ve/", functions_sheet, roles=READERS, name="unit-functions-sheet"),
    page("to-chuc/chuc-nang/ghi/", new_function, roles=KEEPERS, name="new-function"),
    page("to-chuc/chuc-nang/ma-tran/", function_matrix, roles=READERS, name="function-matrix"),
    page("to-chuc/chuc-nang/ma-tran/tai-ve/", matrix_sheet, roles=READERS, name="function-matrix-sheet"),
    page("to-chuc/chuc-nang/giong-nhau/", alike_functions, roles=READERS, name="alike-functions"),
    page("to-chuc/chuc-nang/cho-nhan/", waiting_functions, roles=READERS, name="waiting-functions"),
    page("to-chuc/chuc-nang/luat-giao/", assigned_functions, roles=READERS, name="assigned-functions"),
    page(
        "to-chuc/chuc-nang/luat-giao/tai-ve/", assigned_sheet, roles=READERS, name="assigned-functions-sheet"
    ),
    page("to-chuc/chuc-nang/luat-giao/ghi/", new_assigned, roles=KEEPERS, name="new-assigned"),
    page("to-chuc/chuc-nang/luat-giao/nhap/", import_assigned, roles=KEEPERS, name="import-assigned"),
    page(
        "to-chuc/chuc-nang/luat-giao/<int:assigned>/<int:function>/",
        judge_cover,
        roles=KEEPERS,
        name="judge-cover",
    ),
    page("to-chuc/phan-cap/", delegations, roles=READERS, name="delegations"),
    page("to-chuc/phan-cap/tai-ve/", delegations_sheet, roles=READERS, name="delegations-sheet"),
    page("to-chuc/phan-cap/ghi/", new_delegation, roles=KEEPERS, name="new-delegation"),
    page("to-chuc/mot-cua/", facilities, roles=READERS, name="one-stop-facilities"),
    page("to-chuc/mot-cua/tai-ve/", facilities_sheet, roles=READERS, name="one-stop-facilities-sheet"),
    page("to-chuc/mot-cua/ghi/", new_facility, roles=KEEPERS, name="new-facility"),
    page("to-chuc/iso/", quality_systems, roles=READERS, name="quality-systems"),
    page("to-chuc/iso/tai-ve/", quality_sheet, roles=READERS, name="quality-systems-sheet"),
    page("to-chuc/iso/ghi/", new_quality, roles=KEEPERS, name="new-quality"),
    page("to-chuc/iso/danh-gia/ghi/", new_audit, roles=KEEPERS, name="new-audit"),
    page(
        "to-chuc/iso/danh-gia/<int:audit_id>/dinh-chinh/",
        correct_wrong_audit,
        roles=KEEPERS,
        name="correct-audit",
    ),
    page("to-chuc/tu-chu/", autonomy, roles=READERS, name="autonomy"),
    page("to-chuc/tu-chu/tai-ve/", autonomy_sheet, roles=READERS, name="autonomy-sheet"),
    page("to-chuc/tu-chu/ghi/", new_autonomy, roles=KEEPERS, name="new-autonomy"),
    page("to-chuc/muc/<slug:register>/<int:pk>/", register_entry, roles=READERS, name="register-entry"),
    page("to-chuc/<str:code>/so/", unit_registers, roles=READERS, name="unit-registers"),
    page("to-chuc/<str:code>/", unit, roles=OFFICIAL_ROLES, name="unit"),
    page("dia-ban/tra-cuu/", localities, roles=PUBLIC, name="locality-look-up"),
]
