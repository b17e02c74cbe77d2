"""The screens of plans and who may open each; whose plans may be written the area's access.py says."""

from congvu.foundation.ui.routes import page
from congvu.tasks.access import KEEPERS, READERS, WRITERS
from congvu.tasks.web.boards import (
    committee_list,
    committee_page,
    hold_page,
    inspection_list,
    inspection_page,
    leave_seat,
    new_committee,
    new_conclusion,
    new_finding,
    new_inspection,
    new_seat,
    remedy_page,
)
from congvu.tasks.web.coverage import coverage_sheet, plan_coverage, plan_duty
from congvu.tasks.web.items import (
    change_page,
    item_file,
    item_page,
    my_items,
    new_item,
    report_page,
    take_back_page,
)
from congvu.tasks.web.plan import (
    carry_page,
    correct_page,
    edit_plan,
    issue_page,
    new_plan,
    plan_file,
    plan_page,
)
from congvu.tasks.web.plans import plan_register
from congvu.tasks.web.programmes import (
    focal_page,
    import_page,
    let_off_page,
    new_duty,
    new_programme,
    programme_list,
)

urlpatterns = [
    page("ke-hoach/", plan_coverage, roles=READERS, name="plan-coverage"),
    page("ke-hoach/tai-ve/", coverage_sheet, roles=READERS, name="coverage-sheet"),
    page("ke-hoach/giao/", new_duty, roles=KEEPERS, name="new-duty"),
    page("ke-hoach/giao/<int:duty_id>/", plan_duty, roles=READERS, name="plan-duty"),
    page("ke-hoach/giao/<int:duty_id>/mien/", let_off_page, roles=KEEPERS, name="let-off"),
    page("ke-hoach/dau-moi/", focal_page, roles=KEEPERS, name="name-focal"),
    page("ke-hoach/nhap/", import_page, roles=KEEPERS, name="import-plans"),
    page("ke-hoach/chuong-trinh/", programme_list, roles=READERS, name="programmes"),
    page("ke-hoach/chuong-trinh/ghi/", new_programme, roles=KEEPERS, name="new-programme"),
    page("ke-hoach/so/", plan_register, roles=READERS, name="plan-list"),
    page("ke-hoach/lap/", new_plan, roles=WRITERS, name="new-plan"),
    page("ke-hoach/viec/", my_items, roles=READERS, name="my-plan-items"),
    page("ke-hoach/viec/<int:item_id>/", item_page, roles=READERS, name="plan-item"),
    page("ke-hoach/viec/<int:item_id>/tep/", item_file, roles=READERS, name="plan-item-file"),
    page("ke-hoach/viec/<int:item_id>/sua/", change_page, roles=WRITERS, name="change-plan-item"),
    page("ke-hoach/viec/<int:item_id>/bao-cao/", report_page, roles=WRITERS, name="report-plan-item"),
    page("ke-hoach/viec/<int:item_id>/ghi-nham/", take_back_page, roles=WRITERS, name="take-back-report"),
    page("ke-hoach/<int:plan_id>/", plan_page, roles=READERS, name="plan"),
    page("ke-hoach/<int:plan_id>/tep/", plan_file, roles=READERS, name="plan-file"),
    page("ke-hoach/<int:plan_id>/sua/", edit_plan, roles=WRITERS, name="edit-plan"),
    page("ke-hoach/<int:plan_id>/ban-hanh/", issue_page, roles=WRITERS, name="issue-plan"),
    page("ke-hoach/<int:plan_id>/dinh-chinh/", correct_page, roles=WRITERS, name="correct-plan"),
    page("ke-hoach/<int:plan_id>/chuyen-viec/", carry_page, roles=WRITERS, name="carry-items"),
    page("ke-hoach/<int:plan_id>/nhiem-vu/", new_item, roles=WRITERS, name="new-plan-item"),
    page("ke-hoach/ban-chi-dao/", committee_list, roles=READERS, name="committees"),
    page("ke-hoach/ban-chi-dao/lap/", new_committee, roles=KEEPERS, name="new-committee"),
    page("ke-hoach/ban-chi-dao/<int:committee_id>/", committee_page, roles=READERS, name="committee"),
    page("ke-hoach/ban-chi-dao/<int:committee_id>/them/", new_seat, roles=KEEPERS, name="new-seat"),
    page(
        "ke-hoach/ban-chi-dao/<int:committee_id>/ket-luan/",
        new_conclusion,
        roles=KEEPERS,
        name="new-conclusion",
    ),
    page(
        "ke-hoach/ban-chi-dao/thanh-vien/<int:member_id>/thoi/", leave_seat, roles=KEEPERS, name="leave-seat"
    ),
    page("ke-hoach/kiem-tra/", inspection_list, roles=READERS, name="inspections"),
    page("ke-hoach/kiem-tra/ghi/", new_inspection, roles=KEEPERS, name="new-inspection"),
    page("ke-hoach/kiem-tra/<int:inspection_id>/", inspection_page, roles=READERS, name="inspection"),
    page(
        "ke-hoach/kiem-tra/<int:inspection_id>/da-kiem-tra/", hold_page, roles=KEEPERS, name="hold-inspection"
    ),
    page("ke-hoach/kiem-tra/<int:inspection_id>/ton-tai/", new_finding, roles=KEEPERS, name="new-finding"),
    page("ke-hoach/ton-tai/<int:finding_id>/khac-phuc/", remedy_page, roles=WRITERS, name="remedy-finding"),
]
