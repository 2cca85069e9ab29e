# ruff: noqa: E501 -- a table is read by its lines
"""The rows of `panjereh_node`."""

from tests.platform.access.callers import ANYBODY, LOOPBACK, MEMBER, PEER

_NODE = "tests/node/test_journey.py::"
PROGRAMS = (
    ("panjereh_node", "/r1/{rest:path}", MEMBER, f"{_NODE}test_a_call_no_contract_covers_is_denied_in_the_conventions_words"),
    ("panjereh_node", "/r1/{rest:path}", PEER, f"{_NODE}test_a_stranger_does_not_get_past_tls"),
    ("panjereh_node", "/health/live", LOOPBACK, f"{_NODE}test_a_node_starts_and_works_while_the_registry_is_down"),
    ("panjereh_node", "/health/ready", LOOPBACK, f"{_NODE}test_a_node_starts_and_works_while_the_registry_is_down"),
    ("panjereh_node", "/log/checkpoint", ANYBODY, f"{_NODE}test_the_log_is_served_as_tiles"),
    ("panjereh_node", "/log/tile/{name:path}", ANYBODY, f"{_NODE}test_nothing_but_tiles_is_served"),
    ("panjereh_node", "/log/proof", ANYBODY, f"{_NODE}test_both_halves_of_an_exchange_are_proven_in_the_log"),
    ("panjereh_node", "/log/key", ANYBODY, f"{_NODE}test_both_halves_of_an_exchange_are_proven_in_the_log"),
)  # fmt: skip
