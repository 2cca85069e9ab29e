"""The reference pages at the platform's own addresses; names, and every other address, are the platform's."""

from django.conf.urls.i18n import i18n_patterns
from django.urls import path

from benchmarks.plain import views
from panjereh.config import urls as platform

urlpatterns = [
    *i18n_patterns(
        path("services/<service:service_id>/", views.service),
        path("cases/", views.cases),
        path("cases/<uuid:case_id>/", views.case),
        prefix_default_language=False,
    ),
    *platform.urlpatterns,
]
