"""Django's settings, made from what the host set (config/environment.py) and nothing else."""

import re

from tilth.config.environment import Environment
from tilth.config.mail import mail_settings
from tilth.config.stores import database

_host = Environment()

DATA = _host.data
SITE_URL = _host.url
SIGN_UP = _host.sign_up
SOURCE_URL = _host.source_url
TRUSTED_PROXIES = _host.trusted_proxies

DEBUG = False
SECRET_KEY = _host.secret_key
ALLOWED_HOSTS = _host.hosts

TILTH_CHAPTERS = [
    "tilth.chapters.membership",
    "tilth.chapters.agreement",
    "tilth.chapters.meetings",
    "tilth.chapters.commitments",
    "tilth.chapters.messages",
]
TILTH_NOTICES = "tilth.notices.queue.queue"

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.staticfiles",
    "csp",
    "django_tasks",
    "django_tasks_db",
    "tilth.accounts",
    "tilth.partnerships",
    "tilth.ledger",
    *TILTH_CHAPTERS,
    "tilth.design",
    "tilth.notices",
    "tilth.web",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "tilth.accounts.sizes.sizes",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "tilth.accounts.visitors.visitors",
    "tilth.accounts.gate.gate",
]

ROOT_URLCONF = "tilth.config.urls"
WSGI_APPLICATION = "tilth.config.wsgi.application"
AUTH_USER_MODEL = "accounts.Person"
AUTHENTICATION_BACKENDS = ["tilth.accounts.backend.PersonBackend"]
LOGIN_URL = "/sign-in/"
LOGIN_REDIRECT_URL = "/"
APPEND_SLASH = False  # an address is right or it is 404; a redirect would tell the two apart

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.jinja2.Jinja2",
        "APP_DIRS": True,
        "OPTIONS": {"environment": "tilth.design.environment.environment"},
    },
    {"BACKEND": "django.template.backends.django.DjangoTemplates", "APP_DIRS": True},
]

DATABASES = {"default": database(_host.database_url)}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

USE_TZ = True
TIME_ZONE = "UTC"
LANGUAGE_CODE = "en-gb"
USE_I18N = False

STATIC_URL = "/static/"
STATIC_ROOT = DATA / "static"
STORAGES = {"staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"}}
WHITENOISE_MAX_AGE = 600


def WHITENOISE_IMMUTABLE_FILE_TEST(path: str, url: str) -> bool:  # noqa: ARG001  (Django's way to name a setting)
    """Files whose name holds a hash of what is in them: ours, hashed by Django, and the bundler's chunks and fonts."""
    return re.search(r"(\.[0-9a-f]{12}\.|-[0-9A-Z]{8}\.)", url) is not None


TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}

DEFAULT_FROM_EMAIL = SERVER_EMAIL = _host.mail_from
_mail = mail_settings(_host.smtp_url)
globals().update(_mail)

SESSION_ENGINE = "tilth.accounts.sessions"
SESSION_COOKIE_NAME = "__Host-tilth" if _host.https else "tilth"
SESSION_COOKIE_AGE = 60 * 60 * 24 * 60
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_USE_SESSIONS = False
CSRF_COOKIE_NAME = "__Host-tilth-csrf" if _host.https else "tilth-csrf"
CSRF_COOKIE_HTTPONLY = True  # pages carry the token themselves
CSRF_COOKIE_SAMESITE = "Lax"
CSRF_TRUSTED_ORIGINS = [SITE_URL]
CSRF_FAILURE_VIEW = "tilth.accounts.views.signing_in.stale_form"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = _host.https
FILE_UPLOAD_HANDLERS: list[str] = []  # no form takes a file: what a stranger sends as one is not put on the disk
DATA_UPLOAD_MAX_MEMORY_SIZE = 1024 * 1024  # a sealed entry is at most 256 KiB, and a third more as base64

SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
if _host.https:
    SECURE_HSTS_SECONDS = 60 * 60 * 24 * 365
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": ["'self'"],
        "img-src": ["'self'", "data:"],
        "object-src": ["'none'"],
        "base-uri": ["'none'"],
        "form-action": ["'self'"],
        "frame-ancestors": ["'none'"],
        "require-trusted-types-for": ["'script'"],
        "trusted-types": ["tilth"],
    },
}

_log_to = ["stderr", "file"] if (DATA / "logs").is_dir() else ["stderr"]
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "filters": {"addresses": {"()": "tilth.config.log.Addresses"}},
    "formatters": {"line": {"format": "{asctime} {levelname} {name}: {message}", "style": "{"}},
    "handlers": {
        "stderr": {"class": "logging.StreamHandler", "formatter": "line", "filters": ["addresses"]},
        "file": {
            "class": "logging.handlers.WatchedFileHandler",
            "filename": DATA / "logs" / "tilth.log",
            "formatter": "line",
            "filters": ["addresses"],
            "delay": True,
        },
    },
    "root": {"handlers": _log_to, "level": "WARNING"},
    "loggers": {"tilth": {"level": "INFO"}},
}
