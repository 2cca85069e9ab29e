"""The port to the keys outside the database: those that wrap people's keys.

Several may be known at once, one of them is the current: new keys are wrapped with it, and a rotation moves
the older ones to it. An adapter for a security module has to keep this contract and nothing more.
"""

import base64
import binascii
import hashlib
from collections.abc import Sequence
from typing import Protocol

from cryptography.hazmat.primitives.keywrap import aes_key_unwrap, aes_key_wrap

KEY_BYTES = 32
ID_CHARACTERS = 16


class WrappingKeyMissing(Exception):  # noqa: N818 -- reads as what happened
    """A key in the database was wrapped with a key this program does not hold: it was given too few."""


class WrappingKeys(Protocol):
    """The wrapping keys a program holds. Every method may be called from many threads at once."""

    @property
    def current(self) -> str:
        """The id of the key that wraps from now on."""

    @property
    def known(self) -> frozenset[str]:
        """The ids of all keys that unwrap, the current one among them."""

    def wrap(self, key: bytes) -> tuple[str, bytes]:
        """Return the id of the current key, and `key` wrapped with it."""

    def unwrap(self, key_id: str, wrapped: bytes) -> bytes:
        """Return the key inside. Raises `WrappingKeyMissing` when `key_id` is not known.

        Whatever was altered, or was wrapped with another key, raises too: never a wrong key.
        """


class HeldKeys:
    """Wrapping keys held in memory, the first one current: AES key wrap, RFC 3394."""

    def __init__(self, keys: Sequence[bytes]) -> None:
        self._keys = {key_id(key): key for key in keys}
        self._current = key_id(keys[0])

    @property
    def current(self) -> str:
        """The id of the first key."""
        return self._current

    @property
    def known(self) -> frozenset[str]:
        """The ids of all keys."""
        return frozenset(self._keys)

    def wrap(self, key: bytes) -> tuple[str, bytes]:
        """Return the id of the first key, and `key` wrapped with it."""
        return self._current, aes_key_wrap(self._keys[self._current], key)

    def unwrap(self, key_id: str, wrapped: bytes) -> bytes:
        """Return the key inside. Raises `WrappingKeyMissing` and `InvalidUnwrap`."""
        wrapping = self._keys.get(key_id)
        if wrapping is None:
            raise WrappingKeyMissing(f"no wrapping key {key_id}; known are {', '.join(sorted(self._keys))}")
        return aes_key_unwrap(wrapping, wrapped)


def key_id(key: bytes) -> str:
    """Return the public name of a key: the start of its SHA-256."""
    return hashlib.sha256(key).hexdigest()[:ID_CHARACTERS]


def read_keys(text: str) -> tuple[bytes, ...]:
    """Return the keys in `text`, base64 and one a word, the current first. Raises `ValueError`."""
    try:
        keys = tuple(base64.b64decode(word, validate=True) for word in text.split())
    except binascii.Error as error:
        raise ValueError("does not hold base64") from error
    if not keys or any(len(key) != KEY_BYTES for key in keys):
        raise ValueError(f"does not hold keys of {KEY_BYTES} bytes")
    if len(set(keys)) != len(keys):
        raise ValueError("holds the same key twice")
    return keys
