"""Addresses of services. A service's own address carries its identifier and stays for ever."""

from django.urls import path

import panjereh.web.addresses  # noqa: F401 -- knows what a service's identifier looks like
from panjereh.web.public.services import views

PREFIX = "services/"
urlpatterns = [
    path("", views.services, name="services"),
    path("<service:service_id>/", views.service, name="service"),
    path("<service:service_id>/service.jsonld", views.service_data, name="service_data"),
]
