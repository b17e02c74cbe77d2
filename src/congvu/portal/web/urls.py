from congvu.foundation.identity.roles import EVERY_ROLE, PUBLIC
from congvu.foundation.ui.routes import page
from congvu.portal.web.sign_in import change_password, sign_in, sign_out

urlpatterns = [
    page("dang-nhap/", sign_in, roles=PUBLIC, name="sign-in"),
    page("dang-xuat/", sign_out, roles=PUBLIC, name="sign-out"),
    page("doi-mat-khau/", change_password, roles=EVERY_ROLE, name="change-password"),
]
