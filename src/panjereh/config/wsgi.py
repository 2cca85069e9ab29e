"""The WSGI application that granian serves: the files of the front end, and Django."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "panjereh.config.settings")
pages = get_wsgi_application()

from pathlib import Path  # noqa: E402 -- settings are ready only now

from django.conf import settings  # noqa: E402

from panjereh.plumbing.assets import Assets  # noqa: E402
from panjereh.plumbing.headers import FILE_POLICY, fixed_headers  # noqa: E402

application = Assets(
    pages,
    Path(settings.PANJEREH.frontend_directory),
    headers=fixed_headers(FILE_POLICY, is_https=settings.SESSION_COOKIE_SECURE),
)
