"""Addresses of what lies behind the laboratory of indices."""

from django.urls import path

from panjereh.web.oversight.index_data import files, others, questions, raw

PREFIX = "indices/"
urlpatterns = [
    path("data/", files.data, name="index_data"),
    path("others/", others.others, name="index_others"),
    path("others/<slug:index>/", others.other, name="index_other"),
    path("questions/", questions.lists, name="index_questions"),
    path("questions/<slug:question_set>/", questions.questions, name="index_question_list"),
    path("countries/<str:iso3>/raw/", raw.series, name="index_raw"),
]
