"""Address of the practice outbox."""

from django.urls import path

from panjereh.web.public.practice_outbox import views

PREFIX = "practice/outbox/"
urlpatterns = [path("", views.practice_outbox, name="practice_outbox")]
