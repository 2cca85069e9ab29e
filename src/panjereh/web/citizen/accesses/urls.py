"""Addresses of «who looked at my data»."""

from django.urls import path

from panjereh.web.citizen.accesses import views

urlpatterns = [
    path("", views.accesses, name="accesses"),
    path("receipts/<uuid:receipt_id>/", views.receipt, name="receipt"),
]
