"""Signed notes, c2sp.org/signed-note: a text that people can read with signatures that programs can check."""

import base64
import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Final, Self

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from panjereh_kernel.refusal import PeerError

_ED25519: Final = b"\x01"
_KEY_BYTES: Final = 32
_ID_BYTES: Final = 4
_PRIVATE: Final = "PRIVATE+KEY+"
_DASH: Final = "\u2014 "


class NoteError(PeerError):
    """The note is malformed, or a known key's signature on it is wrong or missing."""

    code = "log-note-invalid"


class NoteKeyError(ValueError):
    """The text is not a key of a signed note.

    It is never repeated in the message: it may be a private key.
    """

    code = "log-key-invalid"


@dataclass(frozen=True, slots=True)
class Verifier:
    """Checks the signatures of one named Ed25519 key. Text form: `<name>+<id>+<base64 of type and key>`."""

    name: str
    key_id: bytes
    _key: Ed25519PublicKey = field(repr=False, compare=False)

    @classmethod
    def parse(cls, text: str) -> Self:
        """Return the verifier written in the C2SP text form. Raises `NoteKeyError`."""
        name, key_id, key = _parse_key(text)
        if _key_id(name, key) != key_id:
            raise NoteKeyError("the id of the key is not its own")
        return cls(name, key_id, Ed25519PublicKey.from_public_bytes(key))

    def __str__(self) -> str:
        """Return the C2SP text form."""
        return f"{self.name}+{self.key_id.hex()}+{_encode(_ED25519 + self._key.public_bytes_raw())}"

    def check(self, text: str, signature: bytes) -> None:
        """Check the 64-byte signature of `text`. Raises `NoteError`."""
        try:
            self._key.verify(signature, text.encode())
        except InvalidSignature as error:
            raise NoteError(f"the signature of {self.name} is wrong", evidence=text.encode()) from error


@dataclass(frozen=True, slots=True)
class Signer:
    """Signs notes with one named Ed25519 key.

    Text form: `PRIVATE+KEY+<name>+<id>+<base64 of type and seed>`.
    """

    name: str
    key_id: bytes
    _key: Ed25519PrivateKey = field(repr=False, compare=False)

    @classmethod
    def make(cls, name: str, *, seed: bytes) -> Self:
        """Return the signer of 32 random bytes. `name` may hold neither a space nor a plus sign."""
        if not name or "+" in name or any(character.isspace() for character in name):
            raise NoteKeyError("the name of a key holds neither spaces nor plus signs")
        key = Ed25519PrivateKey.from_private_bytes(seed)
        return cls(name, _key_id(name, key.public_key().public_bytes_raw()), key)

    @classmethod
    def parse(cls, text: str) -> Self:
        """Return the signer written in the C2SP text form. Raises `NoteKeyError`."""
        if not text.startswith(_PRIVATE):
            raise NoteKeyError("not a private key of a signed note")
        name, key_id, seed = _parse_key(text.removeprefix(_PRIVATE))
        signer = cls.make(name, seed=seed)
        if signer.key_id != key_id:
            raise NoteKeyError("the id of the key is not its own")
        return signer

    def private_text(self) -> str:
        """Return the C2SP text form: a secret, for a key file and nowhere else."""
        return (
            f"{_PRIVATE}{self.name}+{self.key_id.hex()}+{_encode(_ED25519 + self._key.private_bytes_raw())}"
        )

    def verifier(self) -> Verifier:
        """Return the public half."""
        return Verifier(self.name, self.key_id, self._key.public_key())

    def sign(self, text: str) -> str:
        """Return the signature line of `text`, without a line break."""
        return f"{_DASH}{self.name} {_encode(self.key_id + self._key.sign(text.encode()))}"


def sign_note(text: str, *signers: Signer) -> str:
    """Return the note of `text` (which ends with a line break) signed by every signer. Raises `NoteError`."""
    if not text.endswith("\n") or any(character < " " and character != "\n" for character in text):
        raise NoteError("a note ends with a line break and holds no other control character")
    return text + "\n" + "".join(signer.sign(text) + "\n" for signer in signers)


def open_note(note: str, verifiers: Sequence[Verifier]) -> str:
    """Return the text of a note on which every one of `verifiers` finds its signature.

    Signatures of unknown keys are passed over, as the format asks. Raises `NoteError` if one is missing or
    wrong, or if the note is malformed; no verifier at all is a `ValueError`, for it would check nothing.
    """
    if not verifiers:
        raise ValueError("a note is opened with at least one key")
    text, parted, signatures = note.rpartition("\n\n")
    if not parted or not signatures.endswith("\n"):
        raise NoteError("the note has no signatures", evidence=note.encode())
    text += "\n"
    found = dict(_parse_signature(line, note) for line in reversed(signatures[:-1].split("\n")))
    for verifier in verifiers:
        signature = found.get((verifier.name, verifier.key_id))
        if signature is None:
            raise NoteError(f"{verifier.name} did not sign", evidence=note.encode())
        verifier.check(text, signature)
    return text


def _parse_signature(line: str, note: str) -> tuple[tuple[str, bytes], bytes]:
    name, _, encoded = line.removeprefix(_DASH).partition(" ")
    try:
        raw = base64.b64decode(encoded, validate=True)
    except ValueError as error:  # also for signs that are none of base64 at all
        raise NoteError("a signature line is malformed", evidence=note.encode()) from error
    if not line.startswith(_DASH) or not name or len(raw) <= _ID_BYTES:
        raise NoteError("a signature line is malformed", evidence=note.encode())
    return (name, raw[:_ID_BYTES]), raw[_ID_BYTES:]


def _parse_key(text: str) -> tuple[str, bytes, bytes]:
    # The base64 may hold plus signs of its own: only the first two part the fields.
    name, _, rest = text.strip().partition("+")
    key_id, _, encoded = rest.partition("+")
    try:
        identifier, raw = bytes.fromhex(key_id), base64.b64decode(encoded, validate=True)
    except ValueError as error:
        raise NoteKeyError("the key is malformed") from error
    if not name or len(identifier) != _ID_BYTES or raw[:1] != _ED25519 or len(raw) != 1 + _KEY_BYTES:
        raise NoteKeyError("the key is not an Ed25519 key")
    return name, identifier, raw[1:]


def _key_id(name: str, public_key: bytes) -> bytes:
    return hashlib.sha256(name.encode() + b"\n" + _ED25519 + public_key).digest()[:_ID_BYTES]


def _encode(raw: bytes) -> str:
    return base64.b64encode(raw).decode()
