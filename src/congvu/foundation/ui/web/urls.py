from django.conf import settings

from congvu.foundation.identity.roles import PUBLIC
from congvu.foundation.ui.routes import page
from congvu.foundation.ui.web.theme import theme

urlpatterns = [
    page("giao-dien/", theme, roles=PUBLIC, name="theme"),
]

if settings.DEMO or settings.TESTING:
    from congvu.foundation.ui.web.gallery import gallery

    urlpatterns += [page("bo-phan/", gallery, roles=PUBLIC, name="gallery")]
