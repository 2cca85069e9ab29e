"""Addresses of «who looked at my data»."""

from django.urls import path

from panjereh.web.citizen.accesses import views

PREFIX = "my-data/"
urlpatterns = [
    path("", views.accesses, name="accesses"),
    path("receipts.json", views.all_receipts, name="all_receipts"),
    path("proofs.jsonl", views.own_proofs, name="own_proofs"),
    path("receipts/<uuid:receipt_id>/", views.receipt, name="receipt"),
    path("receipts/<uuid:receipt_id>/receipt.json", views.receipt_file, name="receipt_file"),
    path("receipts/<uuid:receipt_id>/proof.json", views.receipt_bundle, name="receipt_bundle"),
]
