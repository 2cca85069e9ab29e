"""The Django app of the room."""

from django.apps import AppConfig


class IndicesConfig(AppConfig):
    """Published indices of states, targets set for them and what-ifs."""

    name = "panjereh.domain.indices"
    label = "indices"
