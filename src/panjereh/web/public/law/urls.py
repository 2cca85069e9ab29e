"""Addresses of the pages about law."""

from django.urls import path

from panjereh.web.public.law import views

PREFIX = "law/"
urlpatterns = [path("<str:reader>", views.law, name="law")]
