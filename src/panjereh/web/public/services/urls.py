"""Addresses of services. A service's own address carries its identifier and stays for ever."""

from django.urls import path

from panjereh.web.public.services import views

urlpatterns = [
    path("", views.services, name="services"),
    path("<str:service_id>/", views.service, name="service"),
]
