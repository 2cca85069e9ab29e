"""Addresses of signs and breaches."""

from django.urls import path

from panjereh.web.desk.security import views

PREFIX = "desk/security/"
urlpatterns = [
    path("", views.security, name="security"),
    path("breaches/new", views.new_breach, name="new_breach"),
    path("breaches/<int:number>/", views.breach, name="breach"),
    path("breaches/<int:number>/notices", views.settle_notice, name="settle_notice"),
    path("breaches/<int:number>/close", views.close_breach, name="close_breach"),
]
