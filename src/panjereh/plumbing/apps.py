"""The Django app of the plumbing."""

from django.apps import AppConfig
from django.core.signals import got_request_exception


class PlumbingConfig(AppConfig):
    """Tables every room stands on: wrapped keys, outbox."""

    name = "panjereh.plumbing"
    label = "plumbing"

    def ready(self) -> None:
        """Have every bug logged, wherever in a request it arose."""
        from panjereh.plumbing.request_log import tell_bug  # noqa: PLC0415 -- settings are ready only now

        got_request_exception.connect(tell_bug)
