"""Addresses of the way into the desk and out of it."""

from django.urls import path

from panjereh.web.desk.entry import views

PREFIX = "desk/"
urlpatterns = [
    path("sign-in", views.sign_in, name="sign_in"),
    path("sign-in/callback", views.callback, name="sign_in_callback"),
    path("place", views.sit_elsewhere, name="place"),
    path("sign-out", views.sign_out, name="sign_out"),
]
