"""Address of the first page of the desk."""

from django.urls import path

from panjereh.web.desk.home import views

PREFIX = "desk/"
urlpatterns = [path("", views.home, name="home")]
