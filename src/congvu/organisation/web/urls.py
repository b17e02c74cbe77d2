"""The screens of the organisation and who may open each."""

from congvu.foundation.identity.roles import ADMIN, AUDITOR, LEADER, OFFICIAL_ROLES, PUBLIC
from congvu.foundation.ui.routes import page
from congvu.organisation.web.correct import correct_event, correct_version
from congvu.organisation.web.events import events
from congvu.organisation.web.handovers import handover, handovers
from congvu.organisation.web.localities import localities
from congvu.organisation.web.record_event import record_event
from congvu.organisation.web.reorganisation import reorganisation
from congvu.organisation.web.tree import tree
from congvu.organisation.web.unit import unit

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
    page("to-chuc/ban-giao/", handovers, roles=(ADMIN, LEADER, AUDITOR), name="handovers"),
    page("to-chuc/ban-giao/<int:handover_id>/", handover, roles=(ADMIN, LEADER, AUDITOR), name="handover"),
    page("to-chuc/<str:code>/", unit, roles=OFFICIAL_ROLES, name="unit"),
    page("dia-ban/tra-cuu/", localities, roles=PUBLIC, name="locality-look-up"),
]
