"""Addresses of the report about one document."""

from django.urls import path

from panjereh.web.citizen.not_accepted import views

PREFIX = "documents/"
urlpatterns = [
    path("<uuid:document_id>/not-accepted/", views.which_office, name="not_accepted"),
    path("<uuid:document_id>/not-accepted/why", views.what_they_said, name="not_accepted_why"),
    path("<uuid:document_id>/not-accepted/reports", views.reports, name="not_accepted_reports"),
]
