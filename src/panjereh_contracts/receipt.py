"""The receipt: what the consumer keeps of one exchange, enough to prove it and nothing of its content."""

import datetime as dt
import hashlib
import json
import re
from dataclasses import dataclass, fields
from typing import Any, Final
from uuid import UUID

from cryptography.hazmat.primitives.asymmetric import ec

from panjereh_contracts import p256, signatures
from panjereh_contracts.evidence import Direction, make_leaf
from panjereh_contracts.identifiers import (
    MalformedClient,
    MalformedPath,
    ServiceId,
    SubsystemId,
    parse_service,
    parse_subsystem,
)
from panjereh_contracts.reading import Reader, UnreadableError, read_json, write_instant

_LEAF_PREFIX: Final = b"\x00"  # RFC 6962 section 2.1
_DIGEST: Final = re.compile(r"sha-256=:[A-Za-z0-9+/]{43}=:")
_HEX256: Final = re.compile(r"[0-9a-f]{64}")
_SALT: Final = re.compile(r"[0-9a-f]{32}")


class ReceiptDisprovedError(ValueError):
    """The receipt does not hang together: its leaf hashes are not those of what it shows."""


@dataclass(frozen=True, slots=True)
class Receipt:
    """One exchange, as the consumer's node saw it.

    Digests are RFC 9530 fields; `request_base` and the signatures are RFC 9421's; `log_origin` names the
    consumer node's log, the indexes and (hex) leaf hashes place both halves in it, the (hex) salts open them.
    `response_keyid` and `response_created_at` are the signer's own words. It holds no payload; `request_base`
    names the case and user headers, so it is kept like any other personal data.
    """

    message_id: UUID
    consumer: SubsystemId
    service: ServiceId
    contract_id: str
    purpose: str
    legal_basis: str
    issue: str | None
    asked_at: dt.datetime
    answered_at: dt.datetime
    status: int
    request_digest: str
    response_digest: str
    request_base: str
    request_signature: str
    response_signature: str
    response_keyid: str
    response_created_at: dt.datetime
    log_origin: str
    request_index: int
    request_leaf_hash: str
    request_salt: str
    response_index: int
    response_leaf_hash: str
    response_salt: str

    def encode(self) -> str:
        """Return the receipt as base64url of JSON, the value of the `Panjereh-Receipt` header."""
        return p256.encode_base64url(self.document())

    def document(self) -> bytes:
        """Return the receipt as JSON."""
        document = {member.name: _plain(getattr(self, member.name)) for member in fields(self)}
        return json.dumps(document, separators=(",", ":")).encode()

    @classmethod
    def decode(cls, text: str) -> "Receipt":
        """Read what `encode` wrote; raises `UnreadableError`. Says nothing about whether it is true."""
        try:
            return _read(Reader(read_json(p256.decode_base64url(text)), place="receipt"))
        except UnreadableError:
            raise
        except (ValueError, MalformedClient, MalformedPath) as error:
            raise UnreadableError("receipt: malformed") from error


def _plain(value: Any) -> Any:
    if value is None or isinstance(value, (int, str)):
        return value
    return write_instant(value) if isinstance(value, dt.datetime) else str(value)


def _read(reader: Reader) -> Receipt:
    issue = reader.member("issue")
    if issue is not None and not isinstance(issue, str):
        raise UnreadableError("receipt.issue: text is needed")
    receipt = Receipt(
        message_id=UUID(reader.text("message_id")),
        consumer=parse_subsystem(reader.text("consumer")),
        service=parse_service(reader.text("service")),
        contract_id=reader.text("contract_id"),
        purpose=reader.text("purpose"),
        legal_basis=reader.text("legal_basis"),
        issue=issue,
        asked_at=reader.instant("asked_at"),
        answered_at=reader.instant("answered_at"),
        status=reader.number("status"),
        request_digest=reader.matching("request_digest", _DIGEST),
        response_digest=reader.matching("response_digest", _DIGEST),
        request_base=reader.text("request_base"),
        request_signature=reader.text("request_signature"),
        response_signature=reader.text("response_signature"),
        response_keyid=reader.text("response_keyid"),
        response_created_at=reader.instant("response_created_at"),
        log_origin=reader.text("log_origin"),
        request_index=reader.number("request_index"),
        request_leaf_hash=reader.matching("request_leaf_hash", _HEX256),
        request_salt=reader.matching("request_salt", _SALT),
        response_index=reader.number("response_index"),
        response_leaf_hash=reader.matching("response_leaf_hash", _HEX256),
        response_salt=reader.matching("response_salt", _SALT),
    )
    reader.done()
    return receipt


def leaf_hash(leaf: bytes) -> bytes:
    """Return the Merkle leaf hash (RFC 6962 section 2.1) of a log entry."""
    return hashlib.sha256(_LEAF_PREFIX + leaf).digest()


def _check_leaf(direction: Direction, *, base: str, signature: str, salt: str, expected: str) -> None:
    leaf = make_leaf(direction, base=base, signature=signature, salt=bytes.fromhex(salt))
    if leaf_hash(leaf).hex() != expected:
        raise ReceiptDisprovedError(direction)


def verify_receipt(receipt: Receipt, *, provider_key: ec.EllipticCurvePublicKey) -> None:
    """Prove offline that the provider signed this answer to this request, and what both leaves stand for.

    Raises `SignatureInvalid` if `provider_key` (found by `response_keyid`) did not sign,
    `ReceiptDisprovedError` if the leaves stand for something else. That the leaves are in the log is proven
    apart, by an inclusion proof.
    """
    base = signatures.verify_response(
        receipt.status,
        receipt.response_digest,
        receipt.response_signature,
        request_signature=receipt.request_signature,
        parameters=signatures.ResponseParameters(receipt.response_keyid, receipt.response_created_at),
        key=provider_key,
    )
    if f'"content-digest": {receipt.request_digest}\n' not in receipt.request_base:
        raise ReceiptDisprovedError("digest")
    _check_leaf(
        Direction.REQUEST,
        base=receipt.request_base,
        signature=receipt.request_signature,
        salt=receipt.request_salt,
        expected=receipt.request_leaf_hash,
    )
    _check_leaf(
        Direction.RESPONSE,
        base=base,
        signature=receipt.response_signature,
        salt=receipt.response_salt,
        expected=receipt.response_leaf_hash,
    )
