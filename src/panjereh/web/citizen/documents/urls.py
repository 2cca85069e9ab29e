"""Addresses of a person's documents."""

from django.urls import path

from panjereh.web.citizen.documents import views

PREFIX = "documents/"
urlpatterns = [
    path("", views.documents, name="documents"),
    path("<uuid:document_id>/", views.document, name="document"),
    path("<uuid:document_id>/file", views.document_file, name="document_file"),
]
