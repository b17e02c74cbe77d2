"""The screens of surveys and who may open each. What is answered is open to everybody but officials (access.py)."""

from congvu.foundation.identity.roles import PUBLIC
from congvu.foundation.ui.routes import page
from congvu.surveys.web.answering import by_counter, by_kiosk, by_link, thanks

urlpatterns = [
    page("khao-sat/<slug:code>/cam-on/", thanks, roles=PUBLIC, name="survey-thanks"),
    page("khao-sat/<slug:code>/phieu/<str:token>/", by_link, roles=PUBLIC, name="survey-link"),
    page(
        "khao-sat/<slug:code>/quay/<str:unit>/<str:token>/", by_counter, roles=PUBLIC, name="survey-counter"
    ),
    page("khao-sat/<slug:code>/may/<str:token>/", by_kiosk, roles=PUBLIC, name="survey-kiosk"),
]
