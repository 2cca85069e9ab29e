"""Addresses of roles of officers."""

from django.urls import path

from panjereh.web.desk.grants import views

PREFIX = "desk/roles/"
urlpatterns = [
    path("", views.grants, name="grants"),
    path("new", views.new_grant, name="new_grant"),
    path("<uuid:grant_id>/", views.grant, name="grant"),
    path("<uuid:grant_id>/approve", views.approve, name="approve_grant"),
    path("<uuid:grant_id>/refuse", views.refuse, name="refuse_grant"),
    path("<uuid:grant_id>/revoke", views.revoke, name="revoke_grant"),
]
