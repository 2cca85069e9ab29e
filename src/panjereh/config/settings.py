"""Django's settings, made from the environment. Nothing here reads a variable itself."""

import os
import sys
from pathlib import Path

from panjereh.config.databases import LIMITS, database
from panjereh.config.environment import key_files, read_environment
from panjereh.config.limits import EXPORT_LIMITS as EXPORT_LIMITS  # noqa: PLC0414 -- Django reads them here
from panjereh.config.limits import REQUEST_LIMITS as REQUEST_LIMITS  # noqa: PLC0414
from panjereh.config.limits import SIGNS as SIGNS  # noqa: PLC0414
from panjereh_kernel.logs import configuration

PANJEREH = read_environment(os.environ)
# Where they lie, for the backup of keys; nothing else needs to know.
PANJEREH_KEY_FILES = key_files(os.environ)
_SOURCE = Path(__file__).resolve().parents[1]
# Only migrations may change tables, so only they get the owner's address.
_OWNS = len(sys.argv) > 1 and sys.argv[1] == "migrate"
_POOL = len(sys.argv) > 1 and sys.argv[1] == "serve"
_LIMITS = LIMITS.get(sys.argv[1] if len(sys.argv) > 1 else "")

DEBUG = False
SECRET_KEY = PANJEREH.secret_key_file
ALLOWED_HOSTS = [PANJEREH.public_url.split("://")[1].split(":")[0]]
ROOT_URLCONF = "panjereh.config.urls"
WSGI_APPLICATION = "panjereh.config.wsgi.application"
ROOMS = (
    "audit",
    "directory",
    "exchange",
    "people",
    "upkeep",
    "catalogue",
    "disclosure",
    "messaging",
    "documents",
    "casework",
    "figures",
    "indices",
    "evaluation",
)
INSTALLED_APPS = [
    "django.contrib.sessions",
    "procrastinate.contrib.django",
    "panjereh.plumbing",
    *(f"panjereh.domain.{room}" for room in ROOMS),
    "panjereh.jobs",
    "panjereh.commands",
]
DATABASES = {
    "default": database(
        (PANJEREH.database_owner_url if _OWNS else None) or PANJEREH.database_url,
        pool=_POOL,
        limits=_LIMITS,
    ),
    "reader": database(PANJEREH.database_reader_url, pool=_POOL, limits=_LIMITS),
    "trace": database(PANJEREH.database_trace_url, pool=_POOL, limits=_LIMITS),
}
DATABASE_ROUTERS = ["panjereh.config.databases.OneHome"]
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
MIDDLEWARE = [
    "panjereh.plumbing.request_log.RequestLog",
    "panjereh.plumbing.headers.SecurityHeaders",
    "panjereh.plumbing.compression.CompressPublicPages",
    "panjereh.web.desk.entry.cookies.SessionsApart",
    "panjereh.web.signs.SignsOfIntrusion",
    "django.middleware.locale.LocaleMiddleware",
    "panjereh.web.citizen.sign_in.lifetime.SessionLifetime",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "panjereh.plumbing.refusals.RefusalsToAnswers",
    "panjereh.plumbing.limits.RequestLimits",
    "panjereh.plumbing.read_only.ReadOnlyViews",
]
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.jinja2.Jinja2",
        "DIRS": sorted(_SOURCE.glob("**/templates")),
        "APP_DIRS": False,
        "OPTIONS": {
            "environment": "panjereh.plumbing.pages.make_environment",
            "strict": PANJEREH.is_practice,
            "context_processors": ["panjereh.plumbing.pages.one_form_token"],
        },
    }
]
FORM_RENDERER = "django.forms.renderers.Jinja2"

SESSION_ENGINE = "panjereh.plumbing.sessions"
SESSION_COOKIE_AGE = 12 * 3600
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = PANJEREH.public_url.startswith("https://")
SESSION_COOKIE_NAME = "__Host-panjereh" if SESSION_COOKIE_SECURE else "panjereh"
CSRF_COOKIE_HTTPONLY = True
CSRF_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_NAME = "__Host-panjereh-csrf" if CSRF_COOKIE_SECURE else "panjereh-csrf"
CSRF_FAILURE_VIEW = "panjereh.plumbing.refusals.csrf_failed"
SILENCED_SYSTEM_CHECKS = ["security.W001", "security.W002"]  # our own headers, see panjereh.plumbing.headers
DATA_UPLOAD_MAX_MEMORY_SIZE = FILE_UPLOAD_MAX_MEMORY_SIZE = 6 * 1024 * 1024
FILE_UPLOAD_HANDLERS = ["django.core.files.uploadhandler.MemoryFileUploadHandler"]  # nothing spooled to disk

USE_TZ = True
TIME_ZONE = "UTC"
USE_I18N = True
LANGUAGE_CODE = "fa"
LANGUAGES = [("fa", "فارسی"), ("en", "English")]
LOCALE_PATHS = sorted(_SOURCE.glob("**/locale"))

# Jobs are known to the worker alone: everybody else names them.
PROCRASTINATE_AUTODISCOVER_MODULE_NAME = ""

LOGGING = configuration(
    loggers={
        # They write paths, which may carry personal data; `request_log` writes the names of routes.
        "django.request": {"handlers": ["nowhere"], "propagate": False},
        "django.server": {"handlers": ["nowhere"], "propagate": False},
        "django.security": {"handlers": ["nowhere"], "propagate": False},
        "procrastinate": {"level": "WARNING"},
        "fontTools": {"level": "ERROR"},
    }
)
