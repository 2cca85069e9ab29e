"""Addresses of orders to erase."""

from django.urls import path

from panjereh.web.desk.erasures import views

PREFIX = "desk/erasures/"
urlpatterns = [
    path("", views.erasures, name="erasures"),
    path("new", views.new_erasure, name="new_erasure"),
    path("<uuid:order_id>/", views.erasure, name="erasure"),
    path("<uuid:order_id>/approve", views.approve, name="approve_erasure"),
    path("<uuid:order_id>/refuse", views.refuse, name="refuse_erasure"),
]
