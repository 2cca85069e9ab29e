# ruff: noqa: E501 -- a table is read by its lines
"""The rows of `panjereh_land`."""

from tests.platform.access.callers import ANYBODY, LOOPBACK, NODE

_LAND = "tests/land/"
PROGRAMS = (
    ("panjereh_land", "service.path", NODE, f"{_LAND}test_program.py::test_it_listens_on_loopback_only"),
    ("panjereh_land", "STAMPS", LOOPBACK, f"{_LAND}test_time_stamps.py::test_the_authority_answers_queries_and_refuses_other_bodies"),
    ("panjereh_land", "/practice/faults", LOOPBACK, f"{_LAND}test_faults.py::test_from_another_machine_there_is_no_such_page"),
    ("panjereh_land", "/practice/calls", LOOPBACK, f"{_LAND}test_faults.py::test_from_another_machine_there_is_no_such_page"),
    ("panjereh_land", "/health/live", ANYBODY, f"{_LAND}test_faults.py::test_it_says_it_is_well"),
    ("panjereh_land", "/health/ready", ANYBODY, f"{_LAND}test_faults.py::test_it_says_it_is_well"),
)  # fmt: skip
