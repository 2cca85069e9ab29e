"""Addresses of proposed editions of indices."""

from django.urls import path

from panjereh.web.desk.editions import files, views

PREFIX = "desk/editions/"
urlpatterns = [
    path("", views.editions, name="editions"),
    path("new", views.new_edition, name="new_edition"),
    path("forms/<str:index>.csv", files.template, name="edition_template"),
    path("forms/<str:index>.json", files.method, name="edition_method"),
    path("<uuid:proposal_id>/", views.edition, name="edition"),
    path("<uuid:proposal_id>/proposed.csv", files.proposed, name="edition_file"),
    path("<uuid:proposal_id>/accept", views.accept, name="accept_edition"),
    path("<uuid:proposal_id>/turn-down", views.turn_down, name="turn_down_edition"),
]
