"""A node double in place of the real node, and one question to ask."""

import datetime as dt
from collections.abc import Callable, Iterator
from typing import Any
from uuid import UUID

import pytest

from panjereh.domain.exchange import api as exchange
from panjereh.domain.exchange.node_client import NodeClient
from panjereh.domain.exchange.room import room
from panjereh_kernel.actor import Actor
from tests.platform.exchange.node_double import NodeDouble

AT = dt.datetime(2026, 11, 22, 9, 30, tzinfo=dt.UTC)
SUBJECT = UUID("01890000-0000-7000-8000-000000000001")
MESSAGE = UUID("01890000-0000-7000-8000-0000000000aa")
CLIENT = "PRACTICE/GOV/ito/window"
PERSON = {
    "given_name": "مینا",
    "family_name": "دانشور",
    "father_name": "سهراب",
    "birth_date": "1993-09-13",
    "sex": "female",
    "alive": True,
}
ANSWERS: dict[str, dict[str, Any]] = {
    "civil/person": {"found": True, "as_of": "2026-11-22T09:30:00Z", "person": PERSON},
    "shahkar/match": {"matches": False, "as_of": "2026-11-22T09:30:00Z"},
    "place/lookup": {"found": False, "as_of": "2026-11-22T09:30:00Z"},
}
Ask = Callable[..., exchange.Answer]


@pytest.fixture
def node(monkeypatch: pytest.MonkeyPatch) -> Iterator[NodeDouble]:
    with NodeDouble(ANSWERS) as double:
        client = NodeClient(double.url, client=CLIENT, answer_seconds=5)
        monkeypatch.setattr(room(), "node", client)
        yield double
        client.close()


@pytest.fixture
def ask() -> Ask:
    """Return a function that asks the civil registry; keywords replace parts of the question."""

    def ask_person(data_set: str = "civil.person", **changes: Any) -> exchange.Answer:
        question: dict[str, Any] = {
            "request": {"national_number": "9999992099", "birth_date": "1993-09-13"},
            "subject_id": SUBJECT,
            "actor": Actor.system("identity.proof"),
            "purpose": "identity.proof",
            "legal_basis": "data-act-1401",
            "case_reference": "A-1",
            "message_id": MESSAGE,
            "at": AT,
        }
        return exchange.ask(data_set, **(question | changes))

    return ask_person
