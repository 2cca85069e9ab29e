"""Addresses of what the window says about itself."""

from django.urls import path

from panjereh.web.public.about import views

PREFIX = "about/"
urlpatterns = [
    path("", views.about, name="about"),
    path("accessibility/", views.accessibility, name="accessibility"),
    path("standards/", views.standards, name="standards"),
    path("privacy/", views.privacy, name="privacy"),
]
