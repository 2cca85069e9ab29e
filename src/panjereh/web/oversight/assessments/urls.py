"""Addresses of closed assessments."""

from django.urls import path

from panjereh.web.oversight.assessments import views

PREFIX = "indices/assessments/"
urlpatterns = [
    path("", views.assessments, name="assessments"),
    path("<uuid:assessment_id>/", views.assessment, name="assessment"),
    path("<uuid:assessment_id>/answers.csv", views.answers_csv, name="assessment_csv"),
]
