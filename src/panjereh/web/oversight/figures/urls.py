"""Addresses of the figures."""

from django.urls import path

from panjereh.web.oversight.figures import views

urlpatterns = [
    path("proofs/<int:log_index>/", views.proof, name="proof"),
    path("<str:figure_id>/", views.figure, name="figure"),
    path("<str:figure_id>/events/", views.events, name="figure_events"),
]
