from congvu.foundation.identity.roles import ADMIN, AUDITOR, EVERY_ROLE, LEADER, OFFICIAL_ROLES, PUBLIC
from congvu.foundation.ui.routes import page
from congvu.portal.web.accounts import account, accounts, new_account
from congvu.portal.web.audit import audit
from congvu.portal.web.home import home
from congvu.portal.web.law_rules import law_rule, law_rules
from congvu.portal.web.search import search
from congvu.portal.web.sign_in import change_password, sign_in, sign_out
from congvu.portal.web.verify import verify_file

urlpatterns = [
    page("quy-dinh/", law_rules, roles=OFFICIAL_ROLES, name="law-rules"),
    page("quy-dinh/<str:code>/", law_rule, roles=OFFICIAL_ROLES, name="law-rule"),
    page("", home, roles=PUBLIC, name="home"),
    page("tim/", search, roles=OFFICIAL_ROLES, name="search"),
    page("dang-nhap/", sign_in, roles=PUBLIC, name="sign-in"),
    page("dang-xuat/", sign_out, roles=PUBLIC, name="sign-out"),
    page("doi-mat-khau/", change_password, roles=EVERY_ROLE, name="change-password"),
    page("tai-khoan/", accounts, roles=(ADMIN,), name="accounts"),
    page("tai-khoan/moi/", new_account, roles=(ADMIN,), name="new-account"),
    page("tai-khoan/<int:pk>/", account, roles=(ADMIN,), name="account"),
    page("kiem-tra-chu-ky/", verify_file, roles=PUBLIC, name="verify-file"),
    page("nhat-ky/", audit, roles=(AUDITOR, LEADER, ADMIN), name="audit"),
]
