"""The platform's settings with Django's own templates, and the reference pages before the platform's."""

from panjereh.config.settings import *  # noqa: F403 -- the same but for what follows
from panjereh.config.settings import INSTALLED_APPS as OURS

INSTALLED_APPS = [*OURS, "benchmarks.plain"]
ROOT_URLCONF = "benchmarks.plain.urls"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "benchmarks.plain.context.installation",
            ]
        },
    }
]
SESSION_ENGINE = "django.contrib.sessions.backends.db"
