"""Addresses of the check. The one with a number is in every document's QR, its code in the fragment."""

from django.urls import path

from panjereh.web.public.check import views

PREFIX = "check/"
urlpatterns = [
    path("", views.check, name="check"),
    path("file", views.check_file, name="check_file"),
    path("fill.js", views.fill_script, name="check_script"),
    path("receipts", views.request_receipt, name="check_request_receipt"),
    path("receipts/<str:reference>", views.receipt, name="check_receipt"),
    path("receipts/<str:reference>/file", views.receipt_file, name="check_receipt_file"),
    path("<str:serial>", views.check_number, name="check_number"),
]
