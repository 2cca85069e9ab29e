"""The reference pages at the platform's own addresses; every other address is the platform's."""

from django.conf.urls.i18n import i18n_patterns
from django.urls import include, path

from benchmarks.plain import views
from panjereh.config import urls as platform

_citizen = (
    [path("cases/", views.cases, name="cases"), path("cases/<uuid:case_id>/", views.case, name="case")],
    "citizen",
)
_public = ([path("services/<service:service_id>/", views.service, name="service")], "public")

urlpatterns = [
    *i18n_patterns(
        path("", include(_citizen, namespace="plain-citizen")),
        path("", include(_public, namespace="plain-public")),
        prefix_default_language=False,
    ),
    *platform.urlpatterns,
]
