"""Personal fields at rest: sealed under a key per owner, wrapped by a key outside the database.

A sealed value is `nonce || ciphertext || tag` of AES-256-GCM; owner and field name are bound as associated
data, so a value moved to another row or column does not open. Search goes through a blind index, an HMAC
under a key that is not in the database either.
"""

import hashlib
import hmac
import os
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import cache, partial
from typing import TypeAlias
from uuid import UUID

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.conf import settings

from panjereh.plumbing import sql
from panjereh.plumbing.models import SubjectKey
from panjereh.plumbing.wrapping import KEY_BYTES
from panjereh_kernel.refusal import Refusal

Opener: TypeAlias = Callable[[str, bytes | memoryview], str]
NONCE_BYTES = 12
WrappedKey: TypeAlias = tuple[str, bytes | memoryview | None]
_WRAPPED_KEY = "SELECT wrapping_key_id, wrapped_key FROM plumbing_subjectkey WHERE owner_id = %s"
_MAKE_KEY = """
INSERT INTO plumbing_subjectkey (owner_id, wrapped_key, wrapping_key_id) VALUES (%s, %s, %s)
ON CONFLICT DO NOTHING RETURNING wrapping_key_id, wrapped_key
"""
# The keys of the piece of work under way, by owner; None where nobody asked to keep them. An owner with None
# got a key, or lost it, in this very work: a rollback may take that back, so it is asked for each time.
_kept: ContextVar[dict[UUID, bytes | None] | None] = ContextVar("kept_keys", default=None)


class ContentErased(Refusal):
    """The owner's key was erased, so what it sealed is gone for good."""

    code = "content-erased"
    status = 410


class SealBroken(Exception):  # noqa: N818 -- reads as what happened
    """A sealed value does not open: it was altered or moved. This is damage, never an anticipated answer."""


def seal(owner_id: UUID, field: str, text: str) -> bytes:
    """Return `text` sealed for one field of one owner. Makes the owner's key at its first use.

    Raises `ContentErased` when the owner's key is gone.
    """
    nonce = os.urandom(NONCE_BYTES)
    return nonce + AESGCM(_key_of(owner_id)).encrypt(nonce, text.encode(), _binding(owner_id, field))


def unseal(owner_id: UUID, field: str, sealed: bytes | memoryview) -> str:
    """Return the text sealed for this owner and field.

    Raises `ContentErased` when the owner's key is gone, `SealBroken` when the value is not what was sealed.
    """
    return opener(owner_id)(field, sealed)


def opener(owner_id: UUID) -> Opener:
    """Return a function that unseals many values of one owner with one question for the key.

    It takes field and sealed value, and raises `ContentErased` and `SealBroken` as `unseal` does. It reads
    the key at its first value and keeps it: let it live no longer than one reading, for an erasure would not
    reach it.
    """

    @cache
    def key() -> AESGCM:
        return AESGCM(_key_of(owner_id))

    return _opener(owner_id, key)


def openers(owner_ids: Iterable[UUID]) -> dict[UUID, Opener]:
    """Return what `opener` does for each of several owners, with one question for all their keys.

    Each raises as `opener`'s function does, `ContentErased` also for an owner who never had a key.
    """
    wanted = set(owner_ids)
    rows = SubjectKey.objects.filter(owner_id__in=wanted, wrapped_key__isnull=False).order_by("owner_id")
    unwrap = settings.PANJEREH.wrapping.unwrap
    keys = {row.owner_id: AESGCM(unwrap(row.wrapping_key_id, bytes(row.wrapped_key or b""))) for row in rows}

    def key_of(owner_id: UUID) -> AESGCM:
        if owner_id not in keys:
            raise ContentErased
        return keys[owner_id]

    return {owner_id: _opener(owner_id, partial(key_of, owner_id)) for owner_id in wanted}


def _opener(owner_id: UUID, key: Callable[[], AESGCM]) -> Opener:
    def open_one(field: str, sealed: bytes | memoryview) -> str:
        raw = bytes(sealed)
        try:
            opened = key().decrypt(raw[:NONCE_BYTES], raw[NONCE_BYTES:], _binding(owner_id, field))
        except InvalidTag as error:
            raise SealBroken(f"field {field} of {owner_id}") from error
        return opened.decode()

    return open_one


@contextmanager
def keeping_keys() -> Iterator[None]:
    """Ask the database for each owner's key at most once until this ends.

    For one short piece of work, a job: an erasure by somebody else meanwhile does not reach it, as it does
    not reach what the work has read already. An erasure within the work does.
    """
    token = _kept.set({})
    try:
        yield
    finally:
        _kept.reset(token)


def blind_index(field: str, text: str) -> bytes:
    """Return the 32 bytes by which rows with this exact `text` in `field` are found."""
    return blind_indexes(field, text)[0]


def blind_indexes(field: str, text: str) -> list[bytes]:
    """Return what `blind_index` gives under every index key there is, the current first.

    While the key is being changed a row may be found under the old one: looking up asks for all of them.
    """
    content = f"{field}\x00{text}".encode()
    return [hmac.new(key, content, hashlib.sha256).digest() for key in settings.PANJEREH.index_key_file]


def is_indexed(index: bytes | memoryview | None, field: str, text: str) -> bool:
    """Whether `index` is what some index key gives for this text; the time taken does not tell."""
    kept = bytes(index or b"")
    known = [hmac.compare_digest(kept, each) for each in blind_indexes(field, text)]
    return any(known)


def has_key(owner_id: UUID) -> bool:
    """Whether the owner has a key, be it an erased one."""
    return SubjectKey.objects.filter(owner_id=owner_id).exists()


def erase_key(owner_id: UUID, *, at: object) -> None:
    """Destroy the owner's key, and with it everything sealed under it. Repeating changes nothing."""
    SubjectKey.objects.filter(owner_id=owner_id, erased_at=None).update(wrapped_key=None, erased_at=at)
    kept = _kept.get()
    if kept is not None:
        kept[owner_id] = None


def _key_of(owner_id: UUID) -> bytes:
    kept = _kept.get()
    key = kept.get(owner_id) if kept is not None else None
    if key is not None:
        return key
    row = sql.row(_WRAPPED_KEY, [owner_id])
    wrapping_key_id, wrapped = row or _make_key(owner_id)
    if wrapped is None:
        raise ContentErased
    key = settings.PANJEREH.wrapping.unwrap(wrapping_key_id, bytes(wrapped))
    if kept is not None:
        kept.setdefault(owner_id, key if row else None)
    return key


def _make_key(owner_id: UUID) -> WrappedKey:
    wrapping_key_id, wrapped = settings.PANJEREH.wrapping.wrap(os.urandom(KEY_BYTES))
    made = sql.row(_MAKE_KEY, [owner_id, wrapped, wrapping_key_id])
    # Two transactions may both find no key; the database lets one of them win and both use the winner's.
    found = made or sql.row(_WRAPPED_KEY, [owner_id])
    assert found  # noqa: S101 -- a key is never deleted
    return found[0], found[1]


def _binding(owner_id: UUID, field: str) -> bytes:
    return owner_id.bytes + field.encode()
