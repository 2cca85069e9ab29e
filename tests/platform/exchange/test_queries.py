"""What was asked about a person, and what may be asked at all."""

import datetime as dt
from uuid import UUID

import pytest

from panjereh.domain.exchange import api as exchange
from tests.platform.exchange import node_double
from tests.platform.exchange.conftest import AT, SUBJECT, Ask
from tests.platform.exchange.node_double import ASKED_AT, NodeDouble

FIRST = UUID("01890000-0000-7000-8000-0000000000a1")
SECOND = UUID("01890000-0000-7000-8000-0000000000a2")
STRANGER = UUID("01890000-0000-7000-8000-000000000009")


def test_the_newest_question_comes_first(node: NodeDouble, ask: Ask) -> None:
    node.plan.extend([node_double.lose, node_double.lose])
    for message_id, minutes in ((FIRST, 0), (SECOND, 5)):
        with pytest.raises(exchange.RegisterUnavailable):
            ask(message_id=message_id, at=AT + dt.timedelta(minutes=minutes))

    assert [each.message_id for each in exchange.receipts_of(SUBJECT, limit=9)] == [SECOND, FIRST]
    assert [each.message_id for each in exchange.receipts_of(SUBJECT, limit=1)] == [SECOND]


def test_a_page_ends_before_the_instant_given(node: NodeDouble, ask: Ask) -> None:
    ask()

    assert exchange.receipts_of(SUBJECT, limit=9, before=ASKED_AT) == []
    assert len(exchange.receipts_of(SUBJECT, limit=9, before=ASKED_AT + dt.timedelta(seconds=1))) == 1


def test_nobody_elses_questions_are_shown(node: NodeDouble, ask: Ask) -> None:
    ask()

    assert exchange.receipts_of(STRANGER, limit=9) == []


def test_every_data_set_of_the_demonstration_is_known() -> None:
    keys = [each.key for each in exchange.data_sets()]

    assert keys[:4] == ["civil.person", "phone.ownership", "post.place", "housing.residence"]
    assert exchange.data_set("post.place").holder == "post"


def test_purposes_and_laws_have_names_in_both_languages() -> None:
    assert exchange.purpose_title("identity.proof").fa
    assert exchange.legal_basis_title("data-act-1401").en.startswith("National Data")
    assert exchange.data_set("civil.person").title.fa


@pytest.mark.parametrize("find", [exchange.data_set, exchange.purpose_title, exchange.legal_basis_title])
def test_what_is_not_in_the_list_is_unknown(find: object) -> None:
    with pytest.raises(exchange.DataSetUnknown):
        find("nothing")  # type: ignore[operator]
