"""The screens of the catalogue and who may open each."""

from congvu.foundation.identity.roles import OFFICIAL_ROLES, PUBLIC
from congvu.foundation.ui.routes import page
from congvu.procedures.access import EDITORS, SETTLERS
from congvu.procedures.web.doubts import doubts
from congvu.procedures.web.draft import draft, new_procedure
from congvu.procedures.web.group_draft import group_draft, new_group
from congvu.procedures.web.group_list import group, group_list
from congvu.procedures.web.group_publish import group_publish
from congvu.procedures.web.imported import imported
from congvu.procedures.web.notification import notification
from congvu.procedures.web.procedure import procedure
from congvu.procedures.web.procedure_list import procedure_list
from congvu.procedures.web.process import process, process_bpmn
from congvu.procedures.web.publish import publish_draft
from congvu.procedures.web.versions import versions

urlpatterns = [
    page("thu-tuc/", procedure_list, roles=PUBLIC, name="procedure-list"),
    page("nhom-thu-tuc/", group_list, roles=PUBLIC, name="procedure-group-list"),
    page("nhom-thu-tuc/them/", new_group, roles=EDITORS, name="group-new"),
    page("nhom-thu-tuc/<str:code>/ban-thao/", group_draft, roles=EDITORS, name="group-draft"),
    page("nhom-thu-tuc/<str:code>/cong-bo/", group_publish, roles=EDITORS, name="group-publish"),
    page("nhom-thu-tuc/<str:code>/", group, roles=PUBLIC, name="procedure-group"),
    page("thu-tuc/nghi-van/", doubts, roles=SETTLERS, name="import-doubts"),
    page("thu-tuc/quy-trinh-nhap/", imported, roles=OFFICIAL_ROLES, name="imported-processes"),
    page("thu-tuc/them/", new_procedure, roles=EDITORS, name="procedure-new"),
    page("thu-tuc/<str:code>/", procedure, roles=PUBLIC, name="procedure"),
    page("thu-tuc/<str:code>/phien-ban/", versions, roles=PUBLIC, name="procedure-versions"),
    page("thu-tuc/<str:code>/quy-trinh/", process, roles=OFFICIAL_ROLES, name="procedure-process"),
    page(
        "thu-tuc/<str:code>/quy-trinh/bpmn/",
        process_bpmn,
        roles=OFFICIAL_ROLES,
        name="procedure-process-bpmn",
    ),
    page("thu-tuc/<str:code>/thong-bao/", notification, roles=PUBLIC, name="procedure-notification"),
    page("thu-tuc/<str:code>/ban-thao/", draft, roles=EDITORS, name="procedure-draft"),
    page("thu-tuc/<str:code>/cong-bo/", publish_draft, roles=EDITORS, name="procedure-publish"),
]
