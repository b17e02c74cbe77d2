from congvu.foundation.identity.roles import PUBLIC
from congvu.foundation.ui.routes import page
from congvu.foundation.ui.web.theme import theme

urlpatterns = [
    page("giao-dien/", theme, roles=PUBLIC, name="theme"),
]
