"""The screens of conferences told in files, and who may open each. What a number counts its own population says."""

from congvu.foundation.identity.roles import AUDITOR, LEADER, PERSONNEL
from congvu.foundation.ui.routes import page
from congvu.reports.web.conference import conference_page
from congvu.reports.web.conference_list import conference_list
from congvu.reports.web.conference_records import conference_records

READERS = (LEADER, AUDITOR, PERSONNEL)

urlpatterns = [
    page("hoi-nghi/", conference_list, roles=READERS, name="conferences"),
    page("hoi-nghi/<str:code>/", conference_page, roles=READERS, name="conference"),
    page(
        "hoi-nghi/<str:code>/so-lieu/<str:figure>/",
        conference_records,
        roles=READERS,
        name="conference-records",
    ),
]
