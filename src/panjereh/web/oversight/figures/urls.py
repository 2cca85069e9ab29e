"""Addresses of the figures."""

from django.urls import path

from panjereh.web.oversight.figures import views

PREFIX = "figures/"
urlpatterns = [
    path("proofs/<int:log_index>/", views.proof, name="proof"),
    path("events/<int:log_index>/", views.event, name="event"),
    path("<str:figure_id>/", views.figure, name="figure"),
    path("<str:figure_id>/events/", views.events, name="figure_events"),
    path("<str:figure_id>/events.csv", views.events_csv, name="figure_events_csv"),
]
