"""Make the one-time code of a sign-in and ask for it to be sent: a part of other operations."""

import datetime as dt
from uuid import UUID

from panjereh.domain.audit import api as audit
from panjereh.domain.people import access, attempts, events
from panjereh.domain.people.models import OneTimeCode, SignInChallenge
from panjereh.domain.people.rules import caps, codes
from panjereh.plumbing import outbox, sealing

CODE_FIELD = "people.one_time_code"


def issue_code(
    challenge: SignInChallenge,
    *,
    mobile: str | None,
    address: str | None,
    code_id: UUID,
    code: str,
    at: dt.datetime,
) -> None:
    """Void the older codes and make a new one for `mobile`.

    Without a mobile the code is a decoy: it takes the same steps, is never sent and never right, so that
    nobody can tell from the outside whether an account exists. `address` is None when a job sends, because
    the question before it was counted for the address already. Raises `TooManyAttempts`.
    """
    target = attempts.target(
        account=bytes(challenge.national_number_index or b""),
        mobile=access.mobile_index(mobile) if mobile else None,
        address=address or f"sign-in {challenge.id}",
    )
    attempts.count(caps.AttemptKind.SEND, target, at=at)
    older = OneTimeCode.objects.filter(challenge=challenge)
    older.filter(voided_at=None, used_at=None).update(voided_at=at, sealed_code=None, sealed_mobile=None)
    OneTimeCode.objects.create(
        id=code_id,
        challenge=challenge,
        ordinal=older.count() + 1,
        code_hash=code_hash(code_id, code),
        is_decoy=mobile is None,
        mobile_index=target.mobile,
        # A decoy seals a value as well: the same work takes the same time.
        sealed_mobile=sealing.seal(challenge.id, f"mobile:{code_id}", mobile or ""),
        sealed_code=sealing.seal(challenge.id, f"code:{code_id}", code),
        made_at=at,
        expires_at=at + codes.LIFE,
    )
    outbox.emit(events.CodeWanted(code_id=code_id), at=at)
    audit.record(event="people.code.wanted", actor=access.SOMEBODY, subject=str(challenge.id), at=at)


def code_hash(code_id: UUID, code: str) -> bytes:
    """Return what is kept of a code: an HMAC bound to it, under a key that is not in the database.

    A million six-digit codes are hashed in a second, so a plain hash would hide nothing.
    """
    return sealing.blind_index(CODE_FIELD, f"{code_id}:{code}")


def is_code(row: OneTimeCode, code: str) -> bool:
    """Whether this is the code of which the row keeps the hash."""
    return sealing.is_indexed(row.code_hash, CODE_FIELD, f"{row.id}:{code}")
