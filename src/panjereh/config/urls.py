"""Every address of the platform. Persian at `/…`, English at `/en/…`."""

from django.conf.urls.i18n import i18n_patterns
from django.urls import URLPattern, URLResolver, include, path

from panjereh.plumbing import health
from panjereh.rest import reference
from panjereh.rest import urls as rest

# The packages of pages and where they hang.
PAGES = {
    "public": {
        "home": "",
        "services": "services/",
        "check": "check/",
        "about": "about/",
        "style": "style/",
        "law": "law/",
        "directory": "",
        "practice_outbox": "practice/outbox/",
    },
    "citizen": {
        "sign_in": "",
        "account": "account/",
        "cases": "cases/",
        "inbox": "inbox/",
        "documents": "documents/",
        "not_accepted": "documents/",
        "accesses": "my-data/",
        "programs": "programs/",
    },
    "desk": {
        "entry": "desk/",
        "home": "desk/",
        "grants": "desk/roles/",
        "jobs": "desk/jobs/",
        "erasures": "desk/erasures/",
        "editions": "desk/editions/",
        "security": "desk/security/",
        "assessments": "desk/assessments/",
        "acts": "desk/acts/",
    },
    "oversight": {
        "figures": "figures/",
        "indices": "indices/",
        "index_data": "indices/",
        "assessments": "indices/assessments/",
    },
}


def _pages(audience: str) -> list[URLPattern | URLResolver]:
    return [
        path(prefix, include(f"panjereh.web.{audience}.{package}.urls"))
        for package, prefix in PAGES[audience].items()
    ]


urlpatterns = [
    path("health/live", health.live, name="live"),
    path("health/ready", health.ready, name="ready"),
    path("api/v1/", include((rest.urlpatterns, "rest"))),
    *i18n_patterns(
        path("api/", reference.reference, name="api_reference"),
        *(path("", include((_pages(audience), audience))) for audience in PAGES),
        prefix_default_language=False,
    ),
]
handler400 = "panjereh.plumbing.refusals.bad_request"
handler404 = "panjereh.plumbing.refusals.page_not_found"
handler500 = "panjereh.plumbing.refusals.server_error"
