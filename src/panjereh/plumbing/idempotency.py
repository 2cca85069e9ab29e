"""A request that its sender names by a key happens once, however often it is sent.

The first sending of a key begins an attempt and keeps its answer for a day; every further one of the same
request is given that answer. A sender that hears nothing cannot know whether the request failed, or happened
and its answer was lost: it sends it again. An attempt whose process died frees its key after a minute; then
the operation itself says what a second time means, as its door does for everybody.
"""

import datetime as dt
import hashlib
import hmac
import os
from dataclasses import dataclass

from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings
from django.db import connection
from django.db.models import QuerySet

from panjereh.plumbing.models import KeptAnswer
from panjereh_kernel.refusal import Refusal

KEPT = dt.timedelta(hours=24)
# Longer than any request may run: the limit of statements and of the server are seconds.
PATIENCE = dt.timedelta(seconds=60)
SHORTEST, LONGEST = 16, 255
NONCE_BYTES = 12
SWEPT = 20
# Takes the key when nobody has it, when its time is over, or when whoever had it died over the same request.
_BEGIN = """
WITH swept AS (
    DELETE FROM plumbing_keptanswer WHERE key_digest IN (
        SELECT key_digest FROM plumbing_keptanswer WHERE forget_at <= %(at)s AND key_digest <> %(key)s
        ORDER BY forget_at LIMIT %(swept)s FOR UPDATE SKIP LOCKED
    )
)
INSERT INTO plumbing_keptanswer AS kept (key_digest, fingerprint, began_at, forget_at)
VALUES (%(key)s, %(fingerprint)s, %(at)s, %(until)s)
ON CONFLICT (key_digest) DO UPDATE SET
    fingerprint = excluded.fingerprint, wrapped_answer = NULL,
    began_at = excluded.began_at, forget_at = excluded.forget_at
WHERE kept.forget_at <= excluded.began_at OR (
    kept.wrapped_answer IS NULL AND kept.fingerprint = excluded.fingerprint
    AND kept.began_at <= %(dead)s
)
"""


class KeyFaulty(Refusal):
    """An `Idempotency-Key` is 16 to 255 visible ASCII characters that nobody can guess, such as a UUID."""

    code = "idempotency-key-faulty"
    status = 400


class KeyReused(Refusal):
    """The same `Idempotency-Key` came before with another request."""

    code = "idempotency-key-reused"
    status = 422


class KeyInFlight(Refusal):
    """The first request with this `Idempotency-Key` is still running. Ask again in a moment."""

    code = "idempotency-key-in-flight"
    status = 409


@dataclass(frozen=True, slots=True)
class Attempt:
    """One sending of a request: `kept` is the answer of an earlier one, None when it is this one's turn."""

    key_digest: bytes
    fingerprint: bytes
    secret: bytes
    began_at: dt.datetime
    kept: bytes | None = None


def begin(key: str, *, caller: str, request: bytes, at: dt.datetime) -> Attempt:
    """Begin what `caller` names by `key`; `request` is all that makes it the same request.

    Durable on return, outside any transaction of the operation. Raises `KeyFaulty`, `KeyReused` and
    `KeyInFlight`. Of two at once one begins and the other is refused.
    """
    if not SHORTEST <= len(key) <= LONGEST or not key.isascii() or not key.isprintable():
        raise KeyFaulty
    attempt = Attempt(
        key_digest=_keyed("key", f"{caller}\n{key}".encode()),
        fingerprint=_keyed("request", request),
        secret=_secret(key),
        began_at=at,
    )
    return attempt if _is_begun(attempt) else _earlier(attempt)


def keep(attempt: Attempt, answer: bytes) -> None:
    """Keep the answer of an attempt. Whoever took the key over in the meantime keeps theirs."""
    nonce = os.urandom(NONCE_BYTES)
    sealed = AESGCM(attempt.secret).encrypt(nonce, answer, attempt.key_digest + attempt.fingerprint)
    _own(attempt).update(wrapped_answer=nonce + sealed)


def release(attempt: Attempt) -> None:
    """Give the key back: nothing came of the attempt that a second one should be told."""
    _own(attempt).delete()


def _is_begun(attempt: Attempt) -> bool:
    values: dict[str, bytes | int | dt.datetime] = {
        "key": attempt.key_digest,
        "fingerprint": attempt.fingerprint,
        "at": attempt.began_at,
        "until": attempt.began_at + KEPT,
        "dead": attempt.began_at - PATIENCE,
        "swept": SWEPT,
    }
    with connection.cursor() as cursor:
        cursor.execute(_BEGIN, values)
        return bool(cursor.rowcount == 1)


def _earlier(attempt: Attempt) -> Attempt:
    row = KeptAnswer.objects.filter(key_digest=attempt.key_digest).first()
    if row is None:  # given back in this very moment
        raise KeyInFlight
    if not hmac.compare_digest(bytes(row.fingerprint), attempt.fingerprint):
        raise KeyReused
    if row.wrapped_answer is None:
        raise KeyInFlight
    wrapped = bytes(row.wrapped_answer)
    answer = AESGCM(attempt.secret).decrypt(
        wrapped[:NONCE_BYTES], wrapped[NONCE_BYTES:], attempt.key_digest + attempt.fingerprint
    )
    return Attempt(attempt.key_digest, attempt.fingerprint, attempt.secret, row.began_at, kept=answer)


def _own(attempt: Attempt) -> QuerySet[KeptAnswer]:
    return KeptAnswer.objects.filter(
        key_digest=attempt.key_digest, began_at=attempt.began_at, wrapped_answer__isnull=True
    )


def _keyed(purpose: str, message: bytes) -> bytes:
    """Return a digest that tells nothing without our key: bodies may hold what is easily guessed."""
    return hmac.new(settings.SECRET_KEY.encode(), purpose.encode() + b"\0" + message, hashlib.sha256).digest()


def _secret(key: str) -> bytes:
    # Of our key and the sender's: a stolen database opens no answer, nor does it with our key alone.
    kdf = HKDF(algorithm=SHA256(), length=32, salt=key.encode(), info=b"panjereh kept answer")
    return kdf.derive(settings.SECRET_KEY.encode())
