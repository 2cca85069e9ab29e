"""The one list of who listens to what: event → operation of a door."""

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from uuid import uuid5

from panjereh.domain.casework import api as casework
from panjereh.domain.directory import api as directory
from panjereh.domain.disclosure import api as disclosure
from panjereh.domain.documents import api as documents
from panjereh.domain.messaging import api as messaging
from panjereh.domain.people import api as people
from panjereh.jobs import identity_provider
from panjereh.jobs import messaging as messaging_jobs
from panjereh.plumbing import edge, queue
from panjereh.plumbing.outbox import Event
from panjereh_kernel.actor import Actor


@dataclass(frozen=True, slots=True)
class Subscription:
    """`handle(event, at)` is called after the transaction that emitted the event, perhaps more than once."""

    event: type[Event]
    name: str
    handle: Callable[[Any, dt.datetime], None]


def _continue_gathering(event: disclosure.FactsArrived, at: dt.datetime) -> None:
    actor = Actor.system("case-facts")
    casework.continue_gathering(
        event.case_id, fact_id=edge.new_id(), act_id=edge.new_id(), actor=actor, at=at
    )


def _finish_case(event: documents.DocumentIssued, at: dt.datetime) -> None:
    actor = Actor.system("case-decision")
    # An id of the case: issued anew after a restore, it is the same message to a carrier that had it already.
    message_id = uuid5(event.case_id, "case-granted")
    casework.finish_case(event.case_id, act_id=edge.new_id(), message_id=message_id, actor=actor, at=at)


def _tell_document_failed(event: documents.DocumentFailed, at: dt.datetime) -> None:
    actor = Actor.system("case-decision")
    casework.tell_document_failed(
        event.case_id, act_id=edge.new_id(), message_id=edge.new_id(), actor=actor, at=at
    )


def _end_cases_of_erased(event: people.SubjectErased, at: dt.datetime) -> None:
    actor = Actor.system("erasure")
    casework.end_cases_of_erased(event.subject_id, new_id=edge.new_id, actor=actor, at=at)


def _drop_notices(event: people.SubjectErased, at: dt.datetime) -> None:
    messaging.drop_notices(event.subject_id, at=at)


def _tell_program_allowed(event: people.ProgramAllowed, at: dt.datetime) -> None:
    messaging.tell_program_allowed(event.consent_id, at=at)


def _end_tokens(event: people.ConsentEnded, at: dt.datetime) -> None:
    identity_provider.end_consent(event.consent_id)
    people.note_end_told(event.consent_id, actor=Actor.system("consent-end"), at=at)


def _recount_deadlines(event: directory.CalendarChanged, at: dt.datetime) -> None:  # noqa: ARG001 -- the queue keeps its own time
    # There may be very many: a job of their own, not a part of the delivery.
    queue.defer("casework.recount", key=f"calendar-{event.version}")


SUBSCRIPTIONS: tuple[Subscription, ...] = (
    Subscription(disclosure.FactsArrived, "casework.continue_gathering", _continue_gathering),
    Subscription(documents.DocumentIssued, "casework.finish_case", _finish_case),
    Subscription(documents.DocumentFailed, "casework.tell_document_failed", _tell_document_failed),
    Subscription(directory.CalendarChanged, "casework.recount_deadlines", _recount_deadlines),
    Subscription(people.CodeWanted, "messaging.send_code", messaging_jobs.send_code),
    Subscription(people.ProgramAllowed, "messaging.tell_program_allowed", _tell_program_allowed),
    Subscription(people.ConsentEnded, "identity_provider.end_consent", _end_tokens),
    Subscription(people.SubjectErased, "casework.end_cases_of_erased", _end_cases_of_erased),
    Subscription(people.SubjectErased, "messaging.drop_notices", _drop_notices),
)
