"""The screens of people and who may open each. What one sees inside is `people/access.py`."""

from congvu.foundation.ui.routes import page
from congvu.people.access import KEEPERS, READERS
from congvu.people.web.change_post import change_post
from congvu.people.web.file import file, paper_scan, printed_form
from congvu.people.web.file_correct import correct_line
from congvu.people.web.file_handover import handover
from congvu.people.web.file_requests import file_requests
from congvu.people.web.file_task import ask, file_task
from congvu.people.web.import_people import import_sheet, import_start
from congvu.people.web.new_person import new_person
from congvu.people.web.people_list import people
from congvu.people.web.person import person
from congvu.people.web.quality import quality_sheet, quality_table
from congvu.people.web.retention import files_to_go, papers_to_destroy
from congvu.people.web.retiring import notice_letter, retirement_notice, retiring_list
from congvu.people.web.salary_due import salary_due_list
from congvu.people.web.stranded_people import stranded_people

urlpatterns = [
    page("nhan-su/", people, roles=READERS, name="people"),
    page("nhan-su/lap-ho-so/", new_person, roles=KEEPERS, name="new-person"),
    page("nhan-su/yeu-cau/", file_requests, roles=READERS, name="file-requests"),
    page("nhan-su/sap-nghi-huu/", retiring_list, roles=READERS, name="retiring"),
    page("nhan-su/nang-luong/", salary_due_list, roles=KEEPERS, name="salary-due"),
    page("nhan-su/chat-luong/", quality_table, roles=READERS, name="quality"),
    page("nhan-su/chat-luong/tai-ve/", quality_sheet, roles=READERS, name="quality-sheet"),
    page("nhan-su/cho-sap-xep/", stranded_people, roles=READERS, name="stranded-people"),
    page("nhan-su/luu-giu/", files_to_go, roles=KEEPERS, name="files-to-go"),
    page("nhan-su/luu-giu/het-han/", papers_to_destroy, roles=KEEPERS, name="papers-to-destroy"),
    page("nhan-su/nhap/", import_start, roles=KEEPERS, name="import-people"),
    page("nhan-su/nhap/<int:pk>/", import_sheet, roles=KEEPERS, name="import-sheet"),
    page("nhan-su/<str:number>/", person, roles=READERS, name="person"),
    page("nhan-su/<str:number>/bo-tri/", change_post, roles=KEEPERS, name="change-post"),
    page("nhan-su/<str:number>/thong-bao-huu/", retirement_notice, roles=KEEPERS, name="retirement-notice"),
    page("nhan-su/<str:number>/thong-bao-huu/in/", notice_letter, roles=KEEPERS, name="retirement-letter"),
    page("nhan-su/<str:number>/ho-so/", file, roles=READERS, name="person-file"),
    page("nhan-su/<str:number>/xin-doc/", ask, roles=READERS, name="ask-file"),
    page("nhan-su/<str:number>/ho-so/tai-lieu/<int:pk>/", paper_scan, roles=READERS, name="person-paper"),
    page(
        "nhan-su/<str:number>/ho-so/sua/<slug:kind>/<int:pk>/",
        correct_line,
        roles=KEEPERS,
        name="correct-line",
    ),
    page("nhan-su/<str:number>/ho-so/giao-nhan/<int:pk>/", handover, roles=KEEPERS, name="correct-handover"),
    page("nhan-su/<str:number>/ho-so/mau-2c/", printed_form, roles=READERS, name="form-2c"),
    page("nhan-su/<str:number>/ho-so/<slug:task>/", file_task, roles=KEEPERS, name="file-task"),
]
