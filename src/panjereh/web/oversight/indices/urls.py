"""Addresses of the laboratory of indices."""

from django.urls import path, register_converter
from django.urls.converters import StringConverter

from panjereh.web.oversight.indices import laboratory, method, promises, scenarios, views


class StateCode(StringConverter):
    """The ISO code of a state in three letters."""

    regex = "[A-Z]{3}"


class Year(StringConverter):
    """An edition, which is a year."""

    regex = "[0-9]{4}"


register_converter(StateCode, "state")
register_converter(Year, "edition")

PREFIX = "indices/"
urlpatterns = [
    path("", views.overview, name="indices"),
    path("country/", views.choose_country, name="index_choose_country"),
    path("countries/<state:iso3>/", views.country, name="index_country"),
    path("editions/<edition:edition>/", views.edition, name="index_edition"),
    path("editions/<edition:edition>/<state:iso3>/", views.check, name="index_check"),
    path("why/", views.choose_why, name="index_choose_why"),
    path("why/<state:iso3>/<edition:before>/<edition:after>/", views.why, name="index_why"),
    path("compare/", views.compare, name="index_compare"),
    path("what-if/", laboratory.what_if, name="index_what_if"),
    path("what-if/keep/", scenarios.keep, name="index_keep"),
    path("scenarios/<slug:code>/", scenarios.scenario, name="index_scenario"),
    path("targets/", promises.targets, name="index_targets"),
    path("method/", method.method, name="index_method"),
]
