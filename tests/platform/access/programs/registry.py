# ruff: noqa: E501 -- a table is read by its lines
"""The rows of `panjereh_registry`."""

from tests.platform.access.callers import ANYBODY, LISTED

_REGISTRY = "tests/registry/test_registry.py::"
PROGRAMS = (
    ("panjereh_registry", "/configuration", LISTED, f"{_REGISTRY}test_the_configuration_and_the_key_are_served"),
    ("panjereh_registry", "/configuration/key", LISTED, f"{_REGISTRY}test_the_configuration_and_the_key_are_served"),
    ("panjereh_registry", "/health/live", ANYBODY, f"{_REGISTRY}test_health_tells_a_bad_source_from_nothing_at_all"),
    ("panjereh_registry", "/health/ready", ANYBODY, f"{_REGISTRY}test_health_tells_a_bad_source_from_nothing_at_all"),
)  # fmt: skip
