"""Addresses of signing in and out."""

from django.urls import path

from panjereh.web.citizen.sign_in import views

PREFIX = ""
urlpatterns = [
    path("sign-in", views.sign_in, name="sign_in"),
    path("sign-in/callback", views.callback, name="sign_in_callback"),
    path("sign-out", views.sign_out, name="sign_out"),
]
