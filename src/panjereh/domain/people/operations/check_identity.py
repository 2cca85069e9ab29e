"""Ask the civil registry and the register of phones, then let their answers decide.

Asking happens outside any transaction and may be repeated: the message ids stay the same, so a register sees
one question. Both are always asked, so that the time it takes does not tell which of them said no.
"""

import datetime as dt
from dataclasses import dataclass
from uuid import UUID

from django.db import transaction

from panjereh.domain.audit import api as audit
from panjereh.domain.exchange import api as exchange
from panjereh.domain.people import access, findings_box
from panjereh.domain.people.models import SignInChallenge
from panjereh.domain.people.operations.issue_code import issue_code
from panjereh.domain.people.refusals import IdentityNotCheckable, IdentityNotConfirmed, TooManyAttempts
from panjereh.domain.people.rules import identity, states
from panjereh.plumbing import sealing
from panjereh_kernel.actor import Actor
from panjereh_kernel.refusal import Refusal

CIVIL, PHONE = "civil.person", "phone.ownership"
LEGAL_BASIS = "data-act-1401"
PLATFORM = Actor.system(access.IDENTITY_PROOF)


@dataclass(frozen=True, slots=True, repr=False)
class _Question:
    """What was typed, opened for one asking."""

    challenge_id: UUID
    subject_id: UUID
    national_number: str
    birth_date: str
    mobile: str
    check_ids: tuple[UUID, UUID]


def ask_registers(challenge_id: UUID, *, check_id: UUID, at: dt.datetime) -> identity.Findings | None:
    """Return what the registers say, None if this check was overtaken or its sign-in is over.

    Raises `RegisterUnavailable` of the exchange: the sign-in goes on waiting and shows which register it
    waits for; repeating asks the same questions again. Raises `RegisterRefused`: no repetition would help,
    and `stop_check` ends it.
    """
    question = _question(challenge_id, check_id, at)
    if question is None:
        return None
    number, (person_check, mobile_check) = question.national_number, question.check_ids
    person = _ask(
        CIVIL, {"national_number": number, "birth_date": question.birth_date}, question, person_check, at
    )
    phone = _ask(PHONE, {"national_number": number, "mobile": question.mobile}, question, mobile_check, at)
    return identity.Findings(
        person=person.body["person"] if person.body["found"] else None,
        person_as_of=dt.datetime.fromisoformat(person.body["as_of"]),
        person_receipt_id=person.receipt_id,
        owns_mobile=phone.body["matches"],
        mobile_as_of=dt.datetime.fromisoformat(phone.body["as_of"]),
        mobile_receipt_id=phone.receipt_id,
    )


@transaction.atomic(durable=True)
def conclude_check(
    challenge_id: UUID,
    *,
    check_id: UUID,
    findings: identity.Findings,
    code_id: UUID,
    code: str,
    at: dt.datetime,
) -> None:
    """Send `code` if the registers confirmed the person, else keep why not for the page.

    A check that was overtaken, answered before, or whose sign-in is over changes nothing.
    """
    challenge = access.lock_challenge_for_job(challenge_id)
    if challenge is None or not _is_current(challenge, check_id, at):
        return
    challenge.awaited_register = ""
    if identity.is_confirmed(findings):
        _confirm(challenge, findings, code_id=code_id, code=code, at=at)
    else:
        _deny(challenge, IdentityNotConfirmed(), until=None, at=at)
    challenge.save()


@transaction.atomic(durable=True)
def stop_check(challenge_id: UUID, *, check_id: UUID, at: dt.datetime) -> None:
    """End a check whose question was refused for good: the page says so at once, and what to do.

    A check that was overtaken, answered before, or whose sign-in is over changes nothing.
    """
    challenge = access.lock_challenge_for_job(challenge_id)
    if challenge is None or not _is_current(challenge, check_id, at):
        return
    challenge.awaited_register = ""
    _deny(challenge, IdentityNotCheckable(), until=None, at=at)
    challenge.save()


def _confirm(
    challenge: SignInChallenge, findings: identity.Findings, *, code_id: UUID, code: str, at: dt.datetime
) -> None:
    mobile = sealing.unseal(challenge.id, "mobile", challenge.sealed_mobile or b"")
    try:
        issue_code(challenge, mobile=mobile, address=None, code_id=code_id, code=code, at=at)
    except TooManyAttempts as too_many:
        _deny(challenge, too_many, until=dt.datetime.fromisoformat(too_many.try_again_at), at=at)
        return
    access.step(challenge, states.SignInEvent.IDENTITY_CONFIRMED)
    challenge.sealed_findings = findings_box.close(challenge.id, findings)
    audit.record(event="people.identity.confirmed", actor=PLATFORM, subject=str(challenge.id), at=at)


def _deny(
    challenge: SignInChallenge, refusal: Refusal, *, until: dt.datetime | None, at: dt.datetime
) -> None:
    access.step(challenge, states.SignInEvent.IDENTITY_NOT_CONFIRMED)
    challenge.refusal, challenge.refused_until = refusal.code, until
    audit.record(
        event="people.identity.denied",
        actor=PLATFORM,
        subject=str(challenge.id),
        at=at,
        facts={"code": refusal.code},
    )


def _question(challenge_id: UUID, check_id: UUID, at: dt.datetime) -> _Question | None:
    challenge = access.challenge_for_job(challenge_id)
    if challenge is None or not _is_current(challenge, check_id, at):
        return None
    return _Question(
        challenge_id=challenge.id,
        subject_id=challenge.subject_id or challenge.id,
        national_number=sealing.unseal(
            challenge.id, "national_number", challenge.sealed_national_number or b""
        ),
        birth_date=sealing.unseal(challenge.id, "birth_date", challenge.sealed_birth_date or b""),
        mobile=sealing.unseal(challenge.id, "mobile", challenge.sealed_mobile or b""),
        check_ids=(check_id, challenge.mobile_check_id or check_id),
    )


def _is_current(challenge: SignInChallenge, check_id: UUID, at: dt.datetime) -> bool:
    return (
        challenge.state == states.SignInState.CHECKING
        and challenge.person_check_id == check_id
        and not access.is_over(challenge, at)
    )


def _ask(
    data_set: str, request: dict[str, str], question: _Question, message_id: UUID, at: dt.datetime
) -> exchange.Answer:
    try:
        return exchange.ask(
            data_set,
            request=request,
            subject_id=question.subject_id,
            actor=PLATFORM,
            purpose=access.IDENTITY_PROOF,
            legal_basis=LEGAL_BASIS,
            case_reference=str(question.challenge_id),
            message_id=message_id,
            at=at,
        )
    except exchange.RegisterUnavailable:
        _note_awaited(question, data_set)
        raise


def _note_awaited(question: _Question, data_set: str) -> None:
    SignInChallenge.objects.filter(
        id=question.challenge_id,
        state=states.SignInState.CHECKING,
        person_check_id=question.check_ids[0],
    ).update(awaited_register=data_set)
