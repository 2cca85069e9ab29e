"""The door of `disclosure`.

Steps run in the caller's transaction and do no I/O; `fetch_fact` is for jobs only.
"""

from panjereh.domain.disclosure.events import FactsArrived
from panjereh.domain.disclosure.operations.ask_again import ask_again
from panjereh.domain.disclosure.operations.fetch_fact import fetch_fact
from panjereh.domain.disclosure.operations.request_fact import discard_facts, request_fact
from panjereh.domain.disclosure.queries import (
    LOOKS_PAGE,
    Fact,
    Look,
    LookKind,
    LooksPlace,
    LooksWanted,
    count_looks,
    evidence_for,
    facts_of,
    looks_at,
)
from panjereh.domain.disclosure.rules.states import FactState

__all__ = [
    "LOOKS_PAGE",
    "Fact",
    "FactState",
    "FactsArrived",
    "Look",
    "LookKind",
    "LooksPlace",
    "LooksWanted",
    "ask_again",
    "count_looks",
    "discard_facts",
    "evidence_for",
    "facts_of",
    "fetch_fact",
    "looks_at",
    "request_fact",
]
