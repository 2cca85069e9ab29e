"""Addresses of the person's own cases."""

from django.urls import path

import panjereh.web.addresses  # noqa: F401 -- knows what a service's identifier looks like
from panjereh.web.citizen.cases import leaving, papers, questions, views

PREFIX = "cases/"
urlpatterns = [
    path("", views.cases, name="cases"),
    path("start/<service:service_id>/", views.start, name="start"),
    path("<uuid:case_id>/", views.case, name="case"),
    path("<uuid:case_id>/questions/<str:page_id>/", questions.question, name="question"),
    path("<uuid:case_id>/submit/", questions.submit, name="submit"),
    path("<uuid:case_id>/registers/<str:evidence_id>/", questions.wrong, name="wrong_fact"),
    path("<uuid:case_id>/ask-again/", questions.ask_again, name="ask_again"),
    path("<uuid:case_id>/withdraw/", leaving.withdraw, name="withdraw"),
    path("<uuid:case_id>/answers/", papers.answers, name="case_answers"),
    path("<uuid:case_id>/receipt/", papers.receipt, name="case_receipt"),
]
