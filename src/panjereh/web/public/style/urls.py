"""Addresses of the parts of the pages."""

from django.urls import path

from panjereh.web.public.style import views

PREFIX = "style/"
urlpatterns = [
    path("", views.foundations, name="style"),
    path("<slug:subject>/", views.subject, name="style_subject"),
]
