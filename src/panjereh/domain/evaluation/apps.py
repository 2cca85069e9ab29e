"""The Django app of the room."""

from django.apps import AppConfig


class EvaluationConfig(AppConfig):
    """Assessments of portals: answers, settlements and findings."""

    name = "panjereh.domain.evaluation"
    label = "evaluation"
