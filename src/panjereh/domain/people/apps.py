"""The Django app of the room."""

from django.apps import AppConfig


class PeopleConfig(AppConfig):
    """Subjects, accounts, sign-in challenges, one-time codes and the counters that cap guessing."""

    name = "panjereh.domain.people"
    label = "people"
