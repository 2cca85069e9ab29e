"""Addresses of the inbox."""

from django.urls import path

from panjereh.web.citizen.inbox import views

PREFIX = "inbox/"
urlpatterns = [
    path("", views.inbox, name="inbox"),
    path("<uuid:message_id>/", views.message, name="message"),
]
