"""Wrapping keys that stay in a security module: the PKCS#11 adapter of the port in `wrapping`.

A key is an AES-256 key of the token, known by its label. The token itself encrypts and decrypts (AES-GCM),
and the key never comes out. What is stored is `nonce || ciphertext || tag`.

The module is loaded and asked by one thread of its own. So one session is enough, a lost one is replaced
while nobody else is in the middle of a call, and whoever asks a token that does not answer waits for so long
and no longer, though a call into the module cannot be broken off. Asking twice does no harm: a token keeps
nothing.
"""

import logging
import os
from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import Final, Protocol, TypeVar, runtime_checkable

from cryptography.hazmat.primitives.keywrap import InvalidUnwrap
from pkcs11 import exceptions as token_errors
from pkcs11 import lib
from pkcs11.constants import Attribute, MechanismFlag, ObjectClass
from pkcs11.mechanisms import GCMParams, KeyType, Mechanism
from pkcs11.types import Session

from panjereh.plumbing.token_address import TokenAddress
from panjereh.plumbing.wrapping import KEY_BYTES, HeldKeys, WrappingKeyMissing, WrappingKeys
from panjereh_kernel.refusal import Refusal

log = logging.getLogger(__name__)
PATIENCE_SECONDS: Final = 5.0
NONCE_BYTES: Final = 12
TAG_BYTES: Final = 16
_USES: Final = MechanismFlag.ENCRYPT | MechanismFlag.DECRYPT
_STAYS_INSIDE: Final = {Attribute.SENSITIVE: True, Attribute.EXTRACTABLE: False}
# A token locks itself after a few wrong PINs: each of these is tried once and not again.
_PIN_REFUSED: Final = (
    token_errors.PinIncorrect,
    token_errors.PinInvalid,
    token_errors.PinLenRange,
    token_errors.PinLocked,
    token_errors.PinExpired,
    token_errors.UserPinNotInitialized,
)
Result = TypeVar("Result")


@runtime_checkable
class TokenKey(Protocol):
    """A key of the token that may be used both ways; the module shows by these methods what a key may do."""

    def encrypt(self, data: bytes, *, mechanism: Mechanism, mechanism_param: GCMParams) -> bytes: ...
    def decrypt(self, data: bytes, *, mechanism: Mechanism, mechanism_param: GCMParams) -> bytes: ...


class TokenAway(Refusal):
    """The security module does not answer, or not in time. Nothing was changed; later it may be back."""

    code = "key-token-away"
    status = 503


class TokenPinRefused(Refusal):
    """The security module refused the PIN. It is not tried again until the file of the PIN holds another."""

    code = "key-token-pin-refused"
    status = 503


class TokenKeys:
    """The keys of one token under these labels, the first current. A contract of `WrappingKeys`.

    `wrap`, `unwrap` and `make_key` raise `TokenAway` and `TokenPinRefused`, and the first two raise
    `WrappingKeyMissing` for a label under which the token holds no key, or more than one.
    """

    def __init__(
        self, address: TokenAddress, labels: Sequence[str], *, patience: float = PATIENCE_SECONDS
    ) -> None:
        self._address, self._labels, self._patience = address, tuple(labels), patience
        self._thread = ThreadPoolExecutor(1, thread_name_prefix="key-token")
        # Only that thread touches what follows.
        self._session: Session | None = None
        self._keys: dict[str, TokenKey] = {}
        self._refused_pin: str | None = None

    @property
    def current(self) -> str:
        """The first label."""
        return self._labels[0]

    @property
    def known(self) -> frozenset[str]:
        """All labels, whether or not the token holds their keys."""
        return frozenset(self._labels)

    def wrap(self, key: bytes) -> tuple[str, bytes]:
        """Return the first label, and `key` wrapped with its key."""
        label = self.current
        return label, self._ask(lambda: _close(self._key(label), key))

    def unwrap(self, key_id: str, wrapped: bytes) -> bytes:
        """Return the key inside. Raises `InvalidUnwrap` for what was altered."""
        if key_id not in self._labels:
            raise WrappingKeyMissing(f"no wrapping key {key_id}; known are {', '.join(sorted(self._labels))}")
        return self._ask(lambda: _open_or_blame(self._key(key_id), wrapped))

    def make_key(self, label: str) -> bool:
        """Have the token draw a key under this label; False when it holds one."""
        return self._ask(lambda: self._make(label))

    def _ask(self, deed: Callable[[], Result]) -> Result:
        asked = self._thread.submit(self._try_twice, deed)
        try:
            return asked.result(self._patience)
        except TimeoutError as slow:
            asked.cancel()  # if it only waits for its turn
            log.warning("the key token did not answer within %s s", self._patience)
            raise TokenAway from slow

    def _try_twice(self, deed: Callable[[], Result]) -> Result:
        try:
            return self._try(deed)
        except (token_errors.PKCS11Error, OSError):
            self._session = None  # lost, perhaps: a new one tells
        try:
            return self._try(deed)
        except (token_errors.PKCS11Error, OSError) as error:
            self._session = None
            log.warning("the key token does not answer: %s", type(error).__name__)
            raise TokenAway from error

    def _try(self, deed: Callable[[], Result]) -> Result:
        if self._session is None:
            self._session, self._keys = self._connect(), {}
        return deed()

    def _connect(self, *, rw: bool = False) -> Session:
        pin = self._address.pin_file.read_text(encoding="utf-8").strip()
        if pin == self._refused_pin:
            raise TokenPinRefused
        library = lib(str(self._address.module))
        library.reinitialize()  # many modules find a token that was away only so
        token = library.get_token(token_label=self._address.token)
        try:
            return token.open(rw=rw, user_pin=pin)
        except _PIN_REFUSED as error:
            self._refused_pin = pin
            log.warning("the key token refused the PIN: %s", type(error).__name__)
            raise TokenPinRefused from error

    def _key(self, label: str) -> TokenKey:
        if label not in self._keys:
            found = self._found(label)
            if len(found) != 1:
                raise WrappingKeyMissing(f"the token holds {len(found)} keys {label}, not one")
            self._keys[label] = found[0]
        return self._keys[label]

    def _found(self, label: str) -> list[TokenKey]:
        assert self._session is not None  # noqa: S101 -- `_try` made it
        wanted = {Attribute.CLASS: ObjectClass.SECRET_KEY, Attribute.LABEL: label}
        return [each for each in self._session.get_objects(wanted) if isinstance(each, TokenKey)]

    def _make(self, label: str) -> bool:
        if self._found(label):
            return False
        self._session = self._connect(rw=True)
        self._session.generate_key(
            KeyType.AES, 8 * KEY_BYTES, label=label, store=True, capabilities=_USES, template=_STAYS_INSIDE
        )
        self._session = None
        return True


class SeveralKeys:
    """Wrapping keys of several places as one: the first place wraps, each opens its own."""

    def __init__(self, places: Sequence[WrappingKeys]) -> None:
        self._first = places[0]
        self._places = {key_id: place for place in places for key_id in place.known}

    @property
    def current(self) -> str:
        """The current key of the first place."""
        return self._first.current

    @property
    def known(self) -> frozenset[str]:
        """The ids of all keys of all places."""
        return frozenset(self._places)

    def wrap(self, key: bytes) -> tuple[str, bytes]:
        """Wrap in the first place."""
        return self._first.wrap(key)

    def unwrap(self, key_id: str, wrapped: bytes) -> bytes:
        """Unwrap where the key is. Raises what that place does, `WrappingKeyMissing` when there is none."""
        if key_id not in self._places:
            raise WrappingKeyMissing(f"no wrapping key {key_id}; known are {', '.join(sorted(self._places))}")
        return self._places[key_id].unwrap(key_id, wrapped)


def arrange(token: TokenKeys, held: Iterable[bytes], *, is_file_first: bool) -> WrappingKeys:
    """Return the keys of a token and those of a file as one."""
    keys = tuple(held)
    if not keys:
        return token
    return SeveralKeys([HeldKeys(keys), token] if is_file_first else [token, HeldKeys(keys)])


def _close(key: TokenKey, text: bytes) -> bytes:
    nonce = os.urandom(NONCE_BYTES)
    return nonce + key.encrypt(text, mechanism=Mechanism.AES_GCM, mechanism_param=GCMParams(nonce))


def _open(key: TokenKey, closed: bytes) -> bytes:
    how = GCMParams(closed[:NONCE_BYTES])
    return key.decrypt(closed[NONCE_BYTES:], mechanism=Mechanism.AES_GCM, mechanism_param=how)


def _open_or_blame(key: TokenKey, closed: bytes) -> bytes:
    if len(closed) < NONCE_BYTES + TAG_BYTES:
        raise InvalidUnwrap
    try:
        return _open(key, closed)
    except token_errors.PKCS11Error as error:
        # Modules call a damaged value by the same name as a device that is gone. If what is not damaged still
        # opens, the token is well and the value is at fault; if not, this raises what the token says.
        _open(key, _close(key, bytes(KEY_BYTES)))
        raise InvalidUnwrap from error
