"""Addresses of what a person allowed programs."""

from django.urls import path

from panjereh.web.citizen.programs import views

PREFIX = "programs/"
urlpatterns = [
    path("", views.programs, name="programs"),
    path("<uuid:consent_id>/", views.take_back, name="take_back"),
]
