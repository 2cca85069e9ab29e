"""Hand one text message to the gateway, knowing that no answer does not mean it was not sent."""

import datetime as dt
from dataclasses import dataclass
from uuid import UUID

from django.db import transaction

from panjereh.domain.audit import api as audit
from panjereh.domain.messaging import access
from panjereh.domain.messaging.gateway import GatewayTurnedDown, GatewayUnavailable, SmsGateway
from panjereh.domain.messaging.models import SmsMessage
from panjereh.domain.messaging.rules import sms_states
from panjereh.domain.messaging.rules.sms_states import SmsEvent, SmsState
from panjereh.plumbing import sealing
from panjereh_kernel.actor import Actor

PLATFORM = Actor.system("messaging.notice")


class SmsNotSentYet(Exception):  # noqa: N818 -- reads as what happened
    """The gateway gave no answer and the message is to be tried again."""


@dataclass(frozen=True, slots=True, repr=False)
class _Opened:
    mobile: str
    text: str
    attempts: int


def send_sms(sms_id: UUID, *, gateway: SmsGateway, at: dt.datetime) -> None:
    """Send a queued message; one that is finished, or of no use any more, is not sent.

    Raises `SmsNotSentYet` when it should be called again later. The gateway is called outside any
    transaction, so a crash after it sends the same id again, which the gateway knows.
    """
    opened = _take(sms_id, at)
    if opened is None:
        return
    try:
        gateway.send(sms_id, mobile=opened.mobile, text=opened.text, at=at)
    except GatewayTurnedDown:
        _note(sms_id, SmsEvent.TURNED_DOWN, at)
    except GatewayUnavailable as silent:
        if _note(sms_id, sms_states.after_no_answer(opened.attempts), at) is SmsState.QUEUED:
            raise SmsNotSentYet from silent
    else:
        _note(sms_id, SmsEvent.TAKEN, at)


@transaction.atomic(durable=True)
def drop_notices(subject_id: UUID, *, at: dt.datetime) -> None:
    """Send nothing more to the phone of a person who was erased; mobile and text go with it. Repeatable."""
    for row in access.lock_queued_notices(subject_id):
        _finish(row, SmsEvent.OUT_OF_DATE, at)


@transaction.atomic(durable=True)
def _take(sms_id: UUID, at: dt.datetime) -> _Opened | None:
    """Count the attempt before it is made: one that kills the worker is counted too."""
    row = access.lock_sms(sms_id)
    if row is None or row.state != SmsState.QUEUED or row.sealed_mobile is None or row.sealed_text is None:
        return None
    if not sms_states.is_useful(row.useful_until, at):
        _finish(row, SmsEvent.OUT_OF_DATE, at)
        return None
    row.attempts += 1
    row.save(update_fields=["attempts"])
    return _Opened(
        mobile=sealing.unseal(sms_id, "mobile", row.sealed_mobile),
        text=sealing.unseal(sms_id, "text", row.sealed_text),
        attempts=row.attempts,
    )


@transaction.atomic(durable=True)
def _note(sms_id: UUID, event: SmsEvent, at: dt.datetime) -> SmsState | None:
    row = access.lock_sms(sms_id)
    return _finish(row, event, at) if row is not None else None


def _finish(row: SmsMessage, event: SmsEvent, at: dt.datetime) -> SmsState:
    before = SmsState(row.state)
    after = sms_states.next_state(before, event)
    if after is before:
        return after
    row.state, row.finished_at = after, at
    row.sealed_mobile = row.sealed_text = None
    row.save(update_fields=["state", "finished_at", "sealed_mobile", "sealed_text"])
    sealing.erase_key(row.id, at=at)
    audit.record(
        event=f"messaging.sms.{after}",
        actor=PLATFORM,
        subject=str(row.id),
        at=at,
        facts={"how": str(event)},
    )
    return after
