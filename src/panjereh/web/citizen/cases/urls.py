"""Addresses of the person's own cases."""

from django.urls import path

import panjereh.web.addresses  # noqa: F401 -- knows what a service's identifier looks like
from panjereh.web.citizen.cases import views

urlpatterns = [
    path("", views.cases, name="cases"),
    path("start/<service:service_id>/", views.start, name="start"),
    path("<uuid:case_id>/", views.case, name="case"),
    path("<uuid:case_id>/questions/<str:page_id>/", views.question, name="question"),
    path("<uuid:case_id>/submit/", views.submit, name="submit"),
]
