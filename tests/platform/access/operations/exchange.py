"""The rows of `exchange` in the table of doors."""

from typing import Any

from panjereh.domain.exchange import api as exchange
from panjereh_kernel.actor import Actor
from tests.platform.access.answers import DONE, Operation
from tests.platform.access.country import AT, Country
from tests.platform.people.desk import fresh_id


def ask(of: Country, who: Actor) -> Any:
    known = exchange.data_set("post.place")
    purpose, legal_basis = next(iter(known.contracts))
    return exchange.ask(
        "post.place",
        request={"postal_code": "9999912347"},
        subject_id=of.mina.subject_id,
        actor=who,
        purpose=purpose,
        legal_basis=legal_basis,
        case_reference="x",
        message_id=fresh_id(),
        at=AT,
    )


ACTING = (
    # steps and jobs: the caller holds the right already, the actor is written into the record
    Operation("exchange.ask", ask, DONE, DONE, DONE, DONE),
)  # fmt: skip
PUBLIC = {"exchange.data_set", "exchange.data_sets", "exchange.legal_basis_title", "exchange.purpose_title"}
CALLERS_RIGHT = {
    "exchange.count_receipts", "exchange.evidence_of", "exchange.forget_questions",
    "exchange.prove_receipt", "exchange.receipt_evidence", "exchange.receipt_of", "exchange.receipts_of",
}  # fmt: skip
WORK = {"exchange.verify_receipt"}
