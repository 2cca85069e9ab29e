"""Reach what the room was set up with: the data sets it knows and the way to our node."""

from django.apps import apps

from panjereh.domain.exchange.apps import ExchangeConfig


def room() -> ExchangeConfig:
    """Return the room's set-up. A test puts its own node or data sets there."""
    config = apps.get_app_config(ExchangeConfig.label)
    assert isinstance(config, ExchangeConfig)  # noqa: S101 -- Django keeps apps by label, this is ours
    return config
