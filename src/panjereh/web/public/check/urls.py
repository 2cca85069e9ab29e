"""Addresses of the check. The one with a number is in every document's QR, its code in the fragment."""

from django.urls import path

from panjereh.web.public.check import views

urlpatterns = [
    path("", views.check, name="check"),
    path("file", views.check_file, name="check_file"),
    path("fill.js", views.fill_script, name="check_script"),
    path("<str:serial>", views.check_number, name="check_number"),
]
