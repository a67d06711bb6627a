"""Every setting of Tilth, read once from the environment. docs/hosts/settings.md says what each is for."""

from pathlib import Path

import dj_database_url
from environs import Env

env = Env(prefix="TILTH_")

DATA = Path(env.str("DATA", "tilth-data")).resolve()
DEBUG = False
SECRET_KEY = env.str("SECRET_KEY", "insecure-only-until-the-command-makes-one")
SITE_URL = env.str("URL", "http://localhost:8000").rstrip("/")
ALLOWED_HOSTS = env.list("ALLOWED_HOSTS", ["*"])
SIGN_UP = env.str("SIGN_UP", "invited")
TRUSTED_PROXIES = env.int("TRUSTED_PROXIES", 0)

TILTH_CHAPTERS = [
    "tilth.chapters.membership",
    "tilth.chapters.agreement",
    "tilth.chapters.commitments",
]

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.staticfiles",
    "django_htmx",
    "django_tasks",
    "django_tasks_db",
    "tilth.accounts",
    "tilth.partnerships",
    "tilth.ledger",
    *TILTH_CHAPTERS,
    "tilth.design",
    "tilth.web",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "tilth.accounts.gate.gate",
]

ROOT_URLCONF = "tilth.config.urls"
WSGI_APPLICATION = "tilth.config.wsgi.application"
AUTH_USER_MODEL = "accounts.Person"
AUTHENTICATION_BACKENDS = ["tilth.accounts.backend.PersonBackend"]
SESSION_ENGINE = "tilth.accounts.sessions"
SESSION_COOKIE_AGE = 60 * 60 * 24 * 60
LOGIN_URL = "/sign-in/"
LOGIN_REDIRECT_URL = "/"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.jinja2.Jinja2",
        "APP_DIRS": True,
        "OPTIONS": {"environment": "tilth.design.environment.environment"},
    },
    {"BACKEND": "django.template.backends.django.DjangoTemplates", "APP_DIRS": True},
]

DATABASES = {
    "default": dj_database_url.parse(env.str("DATABASE_URL", f"sqlite:///{DATA / 'tilth.sqlite3'}")),
}
if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    DATABASES["default"]["OPTIONS"] = {
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,
        "init_command": "PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON;",
    }
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

USE_TZ = True
TIME_ZONE = "UTC"
STATIC_URL = "/static/"
STATIC_ROOT = DATA / "static"
TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}
TILTH_NOTICES = "tilth.ledger.outlet.nobody"
