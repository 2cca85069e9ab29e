"""Every address of the platform. Persian at `/…`, English at `/en/…`.

A package of pages hangs at the `PREFIX` of its `urls.py`. No two packages answer the same address, so their
order tells nothing.
"""

from collections.abc import Iterator
from importlib import import_module
from pathlib import Path

from django.conf.urls.i18n import i18n_patterns
from django.urls import URLResolver, include, path

from panjereh.plumbing import health
from panjereh.rest import reference
from panjereh.rest import urls as rest

AUDIENCES = ("public", "citizen", "desk", "oversight")
_WEB = Path(__file__).resolve().parents[1] / "web"


def _pages(audience: str) -> Iterator[URLResolver]:
    for file in sorted((_WEB / audience).glob("*/urls.py")):
        urls = import_module(f"panjereh.web.{audience}.{file.parent.name}.urls")
        yield path(urls.PREFIX, include(urls))


urlpatterns = [
    path("health/live", health.live, name="live"),
    path("health/ready", health.ready, name="ready"),
    path("api/v1/", include((rest.urlpatterns, "rest"))),
    *i18n_patterns(
        path("api/", reference.reference, name="api_reference"),
        *(path("", include((list(_pages(audience)), audience))) for audience in AUDIENCES),
        prefix_default_language=False,
    ),
]
handler400 = "panjereh.plumbing.refusals.bad_request"
handler404 = "panjereh.plumbing.refusals.page_not_found"
handler500 = "panjereh.plumbing.refusals.server_error"
