"""Django's settings, made from the environment (`environment.py`)."""

from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import django_stubs_ext

from kith.config import environment
from kith.config.log import LOGGING as LOGGING  # noqa: PLC0414  (Django reads the name here)

django_stubs_ext.monkeypatch()

HERE = Path(__file__).resolve().parents[1]
KITH_HOME = environment.home()
KITH_URL = environment.url()
KITH_DEMO = environment.demo()
KITH_MAIL = environment.mail()
KITH_TEST_GATEWAY_SECRET = environment.gateway_secret()
KITH_OUTBOUND_HOSTS = environment.outbound_hosts()
KITH_BOUNCE_ADDRESS = environment.bounce_address()
KITH_SMS_URL, KITH_SMS_TOKEN = environment.sms()

SECRET_KEY = environment.secret_key()
DEBUG = False
_https = KITH_URL.startswith("https://")
_host = urlsplit(KITH_URL).hostname or "localhost"
ALLOWED_HOSTS = [_host, "localhost", "127.0.0.1", "[::1]"] if not _https else [_host]
CSRF_TRUSTED_ORIGINS = [KITH_URL]

INSTALLED_APPS = [
    "kith.kernel", "kith.ledger", "kith.people", "kith.access", "kith.portal", "kith.messaging", "kith.promises",
    "kith.insight", "kith.care", "kith.content", "kith.notices", "kith.billing", "kith.supply",
    "kith.commerce", "kith.support", "kith.workplace", "kith.voice", "kith.config",
    "django.contrib.contenttypes",
    "django.contrib.auth",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "procrastinate.contrib.django",
    "django_htmx",
    "csp",
]  # fmt: skip

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "kith.access.sessions.middleware.SessionMiddleware",
    "kith.portal.shell.middleware.LanguageMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "kith.access.sessions.middleware.PersonMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "kith.portal.shell.cards.CardsMiddleware",
    "kith.portal.shell.middleware.RefusalMiddleware",
    "kith.config.health.room.RoomMiddleware",
]
ROOT_URLCONF = "kith.config.urls"
WSGI_APPLICATION = "kith.config.wsgi.application"

_db = environment.database()
DATABASES: dict[str, Any] = {
    "default": {
        "ENGINE": "django.db.backends.postgresql",
        "HOST": _db.host,
        "PORT": _db.port,
        "NAME": _db.name,
        "USER": _db.user,
        "PASSWORD": _db.password,
        "CONN_HEALTH_CHECKS": True,
        "OPTIONS": {"pool": {"min_size": 1, "max_size": 8, "timeout": 6}},
    }
}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}

TEMPLATES: list[dict[str, Any]] = [
    {
        "BACKEND": "django.template.backends.jinja2.Jinja2",
        "APP_DIRS": False,
        "DIRS": [*(HERE / name / "templates" for name in (
            "portal", "messaging", "promises", "insight", "care", "content", "notices", "billing", "supply",
            "commerce", "support", "workplace", "voice", "config"))],
        "OPTIONS": {
            "environment": "kith.portal.shell.jinja.environment",
            "context_processors": ["django.contrib.messages.context_processors.messages"],
        },
    },
    {"BACKEND": "django.template.backends.django.DjangoTemplates", "APP_DIRS": True, "OPTIONS": {}},
]  # fmt: skip

AUTH_USER_MODEL = "access.Login"
AUTHENTICATION_BACKENDS = ["kith.access.logins.backends.LoginBackend"]
PASSWORD_HASHERS = [
    "kith.access.logins.hashing.Argon2",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 10}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
LOGIN_URL = "/sign-in/"
SESSION_ENGINE = "kith.access.sessions.store"
SESSION_COOKIE_NAME = "__Host-session" if _https else "kith-session"
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_SECURE = _https
SESSION_COOKIE_AGE = 14 * 24 * 3600
CSRF_COOKIE_NAME = "__Host-csrf" if _https else "kith-csrf"
CSRF_COOKIE_SECURE = _https
CSRF_COOKIE_HTTPONLY = True
CSRF_COOKIE_SAMESITE = "Lax"
CSRF_FAILURE_VIEW = "kith.portal.shell.errors.csrf_failed"
LANGUAGE_COOKIE_NAME = "kith-language"
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"

SECURE_SSL_REDIRECT = False
SECURE_HSTS_SECONDS = 63_072_000 if _https else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = _https
SECURE_HSTS_PRELOAD = _https
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
SILENCED_SYSTEM_CHECKS = ["security.W008"]  # the proxy in front ends TLS and redirects; HSTS is ours
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": ["'self'"],
        "script-src": ["'self'"],
        "style-src": ["'self'"],
        "img-src": ["'self'", "data:"],
        "connect-src": ["'self'"],
        "object-src": ["'none'"],
        "base-uri": ["'none'"],
        "form-action": ["'self'"],
        "frame-ancestors": ["'none'"],
    }
}
DATA_UPLOAD_MAX_MEMORY_SIZE = 2_621_440
DATA_UPLOAD_MAX_NUMBER_FIELDS = 1000
DATA_UPLOAD_MAX_NUMBER_FILES = 20
FILE_UPLOAD_MAX_MEMORY_SIZE = 1_048_576

STATIC_URL = "/static/"
STATIC_ROOT = KITH_HOME / "static"
STATICFILES_DIRS = [HERE / "portal" / "static"]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
MEDIA_ROOT = KITH_HOME / "files"

PROCRASTINATE_ON_APP_READY = "kith.kernel.tasks.jobs.register_all"

USE_I18N = True
USE_TZ = True
TIME_ZONE = "UTC"
LANGUAGE_CODE = "en"
LANGUAGES = [("en", "English"), ("vi", "Tiếng Việt"), ("zh-hans", "简体中文")]
LOCALE_PATHS = [HERE / "portal" / "locale"]

EMAIL_TIMEOUT = 15
if KITH_MAIL:
    EMAIL_HOST = KITH_MAIL.host
    EMAIL_PORT = KITH_MAIL.port
    EMAIL_HOST_USER = KITH_MAIL.user
    EMAIL_HOST_PASSWORD = KITH_MAIL.password
    EMAIL_USE_SSL = KITH_MAIL.tls
