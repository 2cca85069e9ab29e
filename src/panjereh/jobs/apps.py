"""The Django app of the jobs."""

from django.apps import AppConfig


class JobsConfig(AppConfig):
    """Jobs have no tables of their own; procrastinate keeps them."""

    name = "panjereh.jobs"
    label = "jobs"
