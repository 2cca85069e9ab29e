"""The rows of `disclosure` in the table of doors."""

from panjereh.domain.disclosure import api as disclosure
from panjereh_kernel.actor import Actor
from tests.platform.access.answers import ABSENT, DONE, Operation
from tests.platform.access.country import AT, Country
from tests.platform.people.desk import fresh_id


def request_fact(of: Country, who: Actor) -> None:
    disclosure.request_fact(
        fresh_id(),
        case_id=fresh_id(),
        subject_id=of.mina.subject_id,
        evidence="person",
        data_set="civil.person",
        request={},
        purpose="case.address-certificate",
        legal_basis="x",
        case_reference="x",
        actor=who,
        at=AT,
    )


ACTING = (
    # of the person alone: not even the platform acts in their place
    Operation(
        "disclosure.looks_at",
        lambda _, who: disclosure.looks_at(actor=who),
        ABSENT, DONE, DONE, ABSENT,
    ),
    Operation(
        "disclosure.count_looks",
        lambda _, who: disclosure.count_looks(actor=who, since=AT),
        ABSENT, DONE, DONE, ABSENT,
    ),
    Operation(
        "disclosure.evidence_for",
        lambda _, who: disclosure.evidence_for((), actor=who),
        ABSENT, DONE, DONE, ABSENT,
    ),
    # steps and jobs: the caller holds the right already, the actor is written into the record
    Operation("disclosure.request_fact", request_fact, DONE, DONE, DONE, DONE),
    Operation(
        "disclosure.fetch_fact",
        lambda _, who: disclosure.fetch_fact(fresh_id(), actor=who, at=AT),
        DONE, DONE, DONE, DONE,
    ),
)  # fmt: skip
CALLERS_RIGHT = {"disclosure.discard_facts", "disclosure.facts_of"}
WORK = {"disclosure.ask_again"}
