"""Settings: one file, read from the environment, failing loudly. `docs/operate/settings.md` lists each one.

What the province changes weekly (calendar, procedures, roles) is data, not a setting.
"""

import os
from pathlib import Path
from typing import Any

from congvu.config.environment import (
    BadSetting,
    database_from,
    env_bool,
    env_choice,
    env_list,
    env_number,
    env_text,
    secret_key_from,
    work_home,
)

BASE_DIR = Path(__file__).resolve().parents[3]
SOURCE_DIR = Path(__file__).resolve().parents[1]
HOME = work_home()
DEMO = env_bool("CONGVU_DEMO", default=False)
TESTING = env_bool("CONGVU_TESTING", default=False)

DEBUG = False
SECRET_KEY = secret_key_from(HOME)
ALLOWED_HOSTS = env_list("CONGVU_HOSTS", default=["127.0.0.1", "localhost", "[::1]", "testserver"])
CSRF_TRUSTED_ORIGINS = env_list("CONGVU_ORIGINS", default=[])
SECURE_COOKIES = env_bool("CONGVU_HTTPS", default=False)
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = SECURE_COOKIES
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if SECURE_COOKIES else None
SECURE_HSTS_SECONDS = 31_536_000 if SECURE_COOKIES else 0
SECURE_REFERRER_POLICY = "same-origin"
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_AGE = 12 * 3600  # one working day; a counter is a shared machine
SESSION_ENGINE = "django.contrib.sessions.backends.signed_cookies"
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"
X_FRAME_OPTIONS = "DENY"

PROVINCE_NAME = env_text("CONGVU_PROVINCE", default="Tỉnh Bình Giang")

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.postgres",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django_htmx",
    "procrastinate.contrib.django",
    "congvu.foundation.identity",
    "congvu.foundation.audit",
    "congvu.foundation.numbering",
    "congvu.foundation.files",
    "congvu.foundation.papers",
    "congvu.foundation.happenings",
    "congvu.foundation.notices",
    "congvu.foundation.lawtable",
    "congvu.foundation.workdays",
    "congvu.foundation.ui",
    "congvu.organisation",
    "congvu.people",
    "congvu.staffing",
    "congvu.procedures",
    "congvu.tasks",
    "congvu.dossiers",
    "congvu.surveys",
    "congvu.indicators",
    "congvu.reports",
    "congvu.indices",
    "congvu.portal",
]

# Asked before a person takes a full post: an area below cannot import the one that knows how many posts there are.
POSTS_GUARDS = ["congvu.staffing.queries.room.refused_posts"]
POSTS_WARNINGS = ["congvu.staffing.actions.check_standard.gaps_of_post"]

MIDDLEWARE = [
    "congvu.foundation.ui.csp.ContentSecurityPolicy",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "congvu.foundation.identity.middleware.ActorMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "congvu.foundation.ui.errors.RefusedMiddleware",
]

ROOT_URLCONF = "congvu.config.urls"
WSGI_APPLICATION = "congvu.config.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [SOURCE_DIR],  # a template's name is its path: dossiers/web/counter.html
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.messages.context_processors.messages",
                "congvu.foundation.ui.context.shell",
            ],
            "builtins": ["congvu.foundation.ui.templatetags.ui"],
            "loaders": [
                ("django.template.loaders.cached.Loader", ["django.template.loaders.filesystem.Loader"]),
            ],
        },
    }
]

DATABASES = {"default": database_from(os.environ, HOME)}
DATABASES["default"]["TEST"] = {"NAME": "test_" + env_text("CONGVU_TEST_DB", default="congvu")}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
ATOMIC_REQUESTS = False

AUTH_USER_MODEL = "identity.Account"
AUTHENTICATION_BACKENDS = ["congvu.foundation.identity.backend.AccountBackend"]
LOGIN_URL = "/dang-nhap/"
CSRF_FAILURE_VIEW = "congvu.foundation.ui.errors.csrf_failure"
TRUSTED_PROXIES = int(env_text("CONGVU_PROXIES", default="0"))  # how many of our own proxies stand in front
PASSWORD_HASHERS = (
    ["django.contrib.auth.hashers.MD5PasswordHasher"]  # tests only: a slow hasher made them 20 times slower
    if TESTING
    else [
        "django.contrib.auth.hashers.ScryptPasswordHasher",
        "django.contrib.auth.hashers.PBKDF2PasswordHasher",
    ]
)
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 10}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]

PROCRASTINATE_IMPORT_PATHS = ["congvu.config.jobs"]
PROCRASTINATE_AUTODISCOVER_MODULE_NAME = ""  # jobs are named in one place, not looked for in every area

LANGUAGE_CODE = "vi"
FORM_RENDERER = "congvu.foundation.ui.rendering.Renderer"
USE_I18N = True
TIME_ZONE = "Asia/Ho_Chi_Minh"
USE_TZ = True

STATIC_URL = "/static/"
STATIC_ROOT = HOME / "static"
STORAGES: dict[str, dict[str, Any]] = {
    "default": {
        "BACKEND": "django.core.files.storage.FileSystemStorage",
        "OPTIONS": {"location": HOME / "files"},
    },
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if TESTING
        else "whitenoise.storage.CompressedManifestStaticFilesStorage"
    },
}
FILE_UPLOAD_MAX_MEMORY_SIZE = 1024 * 1024
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024
FOLLOWERS_OF_UNITS = "congvu.config.wiring.FOLLOWERS"  # what goes along when a unit ends
CONGVU_UPLOAD_LIMIT = 20 * 1024 * 1024  # one file; foundation.files refuses more, in words
CONGVU_SIGNING = HOME / "signing"  # keys and trusted authorities, see foundation.signatures.ring
CONGVU_FACTS = HOME / "facts"  # what figures in bulk are counted over; made anew from the records at any time
CONGVU_SPARK = env_text("CONGVU_SPARK", default=str(HOME / "spark"))
CONGVU_SPARK_MASTER = env_text("CONGVU_SPARK_MASTER", default="local[2]")
CONGVU_PKCS11 = env_text("CONGVU_PKCS11", default="")
CONGVU_PKCS11_TOKEN = env_text("CONGVU_PKCS11_TOKEN", default="")
CONGVU_TSA = env_text("CONGVU_TSA", default="")
CONGVU_FETCH_REVOCATION = env_bool("CONGVU_FETCH_REVOCATION", default=False)
# Online payment (docs/operate/fees.md). Without a gateway fees are paid at the counter.
CONGVU_GATEWAY = env_choice(
    "CONGVU_GATEWAY", ("vietqr",), default="ngan-hang-mau" if DEMO or TESTING else ""
)  # the model bank asks for no money: it cannot be chosen
CONGVU_GATEWAY_SECRET = env_text(
    "CONGVU_GATEWAY_SECRET", default=f"demo {SECRET_KEY}" if DEMO or TESTING else ""
)
CONGVU_BANK_BIN = env_text("CONGVU_BANK_BIN", default="")
CONGVU_BANK_ACCOUNT = env_text("CONGVU_BANK_ACCOUNT", default="")
CONGVU_BANK_HOLDER = env_text("CONGVU_BANK_HOLDER", default="")
if CONGVU_GATEWAY == "vietqr" and not (
    len(CONGVU_GATEWAY_SECRET) >= 32 and len(CONGVU_BANK_BIN) == 6 and CONGVU_BANK_ACCOUNT
):
    raise BadSetting(
        "CONGVU_GATEWAY",
        "vietqr needs CONGVU_GATEWAY_SECRET (32 characters), CONGVU_BANK_BIN, CONGVU_BANK_ACCOUNT",
    )

# Notices (docs/operate/notices.md). A channel without a gateway is silent: no notice is made for it.
CONGVU_ADDRESS = env_text("CONGVU_ADDRESS", default="").rstrip("/")
CONGVU_EMAIL = env_choice("CONGVU_EMAIL", ("console", "file", "smtp"), default="", own=True)
CONGVU_EMAIL_FROM = env_text("CONGVU_EMAIL_FROM", default="")
CONGVU_SMTP_HOST = env_text("CONGVU_SMTP_HOST", default="127.0.0.1")
CONGVU_SMTP_PORT = env_number("CONGVU_SMTP_PORT", default=587)
CONGVU_SMTP_USER = env_text("CONGVU_SMTP_USER", default="")
CONGVU_SMTP_PASSWORD = env_text("CONGVU_SMTP_PASSWORD", default="")
CONGVU_SMTP_SECURITY = env_choice("CONGVU_SMTP_SECURITY", ("starttls", "tls", "none"), default="starttls")
CONGVU_SMTP_CA = env_text("CONGVU_SMTP_CA", default="")
if CONGVU_EMAIL == "smtp" and "@" not in CONGVU_EMAIL_FROM:
    raise BadSetting(
        "CONGVU_EMAIL_FROM", "names the sender of mails (one-stop@province.gov.vn); smtp needs it"
    )
CONGVU_OUTBOX = HOME / "outbox"  # where the file gateway puts messages
CONGVU_SMS = env_choice("CONGVU_SMS", ("console", "file"), default="", own=True)

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "%(asctime)s %(levelname)s %(name)s %(message)s"}},
    "filters": {"without_links": {"()": "congvu.config.logs.WithoutLinks"}},
    "handlers": {
        "stderr": {"class": "logging.StreamHandler", "formatter": "line", "filters": ["without_links"]}
    },
    "loggers": {
        "procrastinate": {"level": "WARNING"}
    },  # it tells of every job; the audit log does that better
    "root": {
        "handlers": ["stderr"],
        "level": env_text("CONGVU_LOG", default="WARNING" if TESTING else "INFO"),
    },
}
