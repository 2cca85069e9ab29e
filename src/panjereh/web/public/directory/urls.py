"""Addresses of agencies and of the law. Both carry their own codes and stay for ever."""

from django.urls import path

from panjereh.web.public.directory import views

PREFIX = ""
urlpatterns = [
    path("agencies/", views.agencies, name="agencies"),
    path("agencies/<slug:agency_id>/", views.agency, name="agency"),
    path("reference-data/", views.reference_data, name="reference_data"),
    path("instruments/<slug:instrument_id>/", views.instrument, name="instrument"),
]
