"""The reference pages at the platform's own addresses; names, and every other address, are the platform's."""

from django.conf.urls.i18n import i18n_patterns
from django.urls import path

from benchmarks.plain import laboratory, views
from panjereh.config import urls as platform

urlpatterns = [
    *i18n_patterns(
        path("services/<service:service_id>/", views.service),
        path("cases/", views.cases),
        path("cases/<uuid:case_id>/", views.case),
        path("indices/others/", laboratory.others),
        path("indices/countries/<state:iso3>/", laboratory.country),
        path("indices/editions/<edition:edition>/", laboratory.edition),
        path("indices/editions/<edition:edition>/<state:iso3>/", laboratory.check),
        path("indices/targets/", laboratory.targets),
        path("indices/what-if/", laboratory.what_if),
        prefix_default_language=False,
    ),
    *platform.urlpatterns,
]
