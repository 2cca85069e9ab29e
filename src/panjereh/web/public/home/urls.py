"""The address of the first page."""

from django.urls import path

from panjereh.web.public.home import views

PREFIX = ""
urlpatterns = [path("", views.home, name="home")]
