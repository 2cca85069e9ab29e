"""Addresses of the desk for assessments."""

from django.urls import path

from panjereh.web.desk.assessments import opening, questions, seats, views

PREFIX = "desk/assessments/"
_ONE = "<uuid:assessment_id>/"
urlpatterns = [
    path("", views.assessments, name="assessments"),
    path("new", opening.new_assessment, name="new_assessment"),
    path(_ONE, views.assessment, name="assessment"),
    path(f"{_ONE}parts/<slug:part>/", views.part, name="assessment_part"),
    path(f"{_ONE}questions/<slug:code>/", questions.question, name="assessment_question"),
    path(f"{_ONE}questions/<slug:code>/answer", questions.answer, name="answer_question"),
    path(f"{_ONE}questions/<slug:code>/settle", questions.settle, name="settle_question"),
    path(f"{_ONE}seats/<slug:seat>", seats.hand_over_seat, name="hand_over_seat"),
    path(f"{_ONE}look", views.look, name="look_at_portals"),
    path(f"{_ONE}result/", views.result, name="assessment_result"),
    path(f"{_ONE}close", views.close, name="close_assessment"),
]
