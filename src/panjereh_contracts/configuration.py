"""The signed, expiring configuration: the only thing a node believes about the others.

It has two ends. Until `fresh_until` everything holds; between that and `usable_until` what is known goes on
working, so that the exchange outlives its centre; after it a node refuses. The form is a JWS (RFC 7515
section 7.2.2, flattened JSON, ES256): the bytes that were signed travel, so nothing needs canonical JSON.
"""

import datetime as dt
import json
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Final

from cryptography.hazmat.primitives.asymmetric import ec

from panjereh_contracts import p256
from panjereh_contracts.directory import Directory, read_directory
from panjereh_contracts.faults import ExchangeRefusal
from panjereh_contracts.p256 import SignatureInvalid
from panjereh_contracts.reading import MAX_BYTES, Reader, UnreadableError, read_json, write_instant
from panjereh_contracts.signatures import CLOCK_SKEW

TYPE: Final = "panjereh-configuration+json"
Anchors = Mapping[str, ec.EllipticCurvePublicKey]


class ConfigurationOutdated(ExchangeRefusal):
    """No configuration that may still be used is at hand."""

    code = "exchange-configuration-outdated"
    fault = "global_conf_outdated"


class ConfigurationRolledBackError(ValueError):
    """The configuration is older than the one already held: somebody may be hiding a revocation."""


class Freshness(StrEnum):
    """How far a configuration may be trusted at an instant."""

    FRESH = "fresh"
    USABLE = "usable"
    OUTDATED = "outdated"


@dataclass(frozen=True, slots=True)
class Configuration:
    """One edition of the directory. `serial` only ever grows."""

    serial: int
    issued_at: dt.datetime
    fresh_until: dt.datetime
    usable_until: dt.datetime
    directory: Directory

    def freshness(self, *, at: dt.datetime) -> Freshness:
        """Say how far this edition may be trusted at `at`. Not yet issued counts as outdated."""
        if not self.issued_at - CLOCK_SKEW <= at < self.usable_until:
            return Freshness.OUTDATED
        return Freshness.FRESH if at < self.fresh_until else Freshness.USABLE


def parse_source(raw: bytes) -> dict[str, Any]:
    """Check an unsigned source (directory only) and return it as JSON; raises `UnreadableError`."""
    source = read_json(raw)
    reader = Reader(source, place="source")
    read_directory(reader)
    reader.done()
    result: dict[str, Any] = source
    return result


def parse_configuration(raw: bytes) -> Configuration:
    """Read the signed document's payload; raises `UnreadableError`. Says nothing about who signed it."""
    reader = Reader(read_json(raw), place="configuration")
    configuration = Configuration(
        serial=reader.number("serial"),
        issued_at=reader.instant("issued_at"),
        fresh_until=reader.instant("fresh_until"),
        usable_until=reader.instant("usable_until"),
        directory=read_directory(reader),
    )
    reader.done()
    if not configuration.issued_at < configuration.fresh_until <= configuration.usable_until:
        raise UnreadableError("configuration: its instants are out of order")
    return configuration


def make_document(
    source: Mapping[str, Any],
    *,
    serial: int,
    at: dt.datetime,
    fresh_for: dt.timedelta,
    usable_for: dt.timedelta,
) -> bytes:
    """Return the payload to sign: a checked source with a serial and its two ends."""
    document = {
        **source,
        "serial": serial,
        "issued_at": write_instant(at),
        "fresh_until": write_instant(at + fresh_for),
        "usable_until": write_instant(at + usable_for),
    }
    return json.dumps(document, ensure_ascii=False, separators=(",", ":")).encode()


def _protected(kid: str) -> str:
    header = json.dumps({"alg": "ES256", "kid": kid, "typ": TYPE}, separators=(",", ":"))
    return p256.encode_base64url(header.encode())


def sign_configuration(document: bytes, *, key: ec.EllipticCurvePrivateKey) -> bytes:
    """Return the JWS over `document`; `kid` is the key's RFC 7638 thumbprint."""
    protected, payload = _protected(p256.thumbprint(key.public_key())), p256.encode_base64url(document)
    signature = p256.sign(f"{protected}.{payload}".encode(), key=key)
    jws = {"payload": payload, "protected": protected, "signature": p256.encode_base64url(signature)}
    return json.dumps(jws, separators=(",", ":")).encode()


def _read_jws(raw: bytes) -> tuple[str, str, bytes, str]:
    try:
        reader = Reader(read_json(raw), place="jws")
        payload, protected = reader.text("payload", limit=MAX_BYTES), reader.text("protected")
        signature = p256.decode_base64url(reader.text("signature"))
        reader.done()
        header = Reader(read_json(p256.decode_base64url(protected)), place="protected")
        alg, kid, typ = header.text("alg"), header.text("kid"), header.text("typ")
        header.done()
    except ValueError as error:
        raise SignatureInvalid from error
    # The algorithm is ours to choose, never the document's (RFC 8725 section 3.1).
    if (alg, typ) != ("ES256", TYPE):
        raise SignatureInvalid
    return protected, payload, signature, kid


def verify_configuration(raw: bytes, *, anchors: Anchors) -> Configuration:
    """Return the configuration inside a JWS that one of the `anchors` (by kid) signed.

    Raises `SignatureInvalid`, or `UnreadableError` if a trusted key signed nonsense.
    Freshness and succession are judged apart, by `Configuration.freshness` and `check_succession`.
    """
    protected, payload, signature, kid = _read_jws(raw)
    key = anchors.get(kid)
    if key is None:
        raise SignatureInvalid
    p256.verify(signature, f"{protected}.{payload}".encode(), key=key)
    return parse_configuration(p256.decode_base64url(payload))


def check_succession(new: Configuration, *, held: Configuration | None) -> None:
    """Raise `ConfigurationRolledBackError` if `new` is older than `held` or speaks for another instance."""
    if held is None:
        return
    if new.serial < held.serial or new.directory.instance != held.directory.instance:
        raise ConfigurationRolledBackError(f"serial {new.serial} after {held.serial}")


def read_anchors(raw: bytes) -> dict[str, ec.EllipticCurvePublicKey]:
    """Read a JWKS of registry keys into kid → key; raises `UnreadableError`.

    A key without `kid` gets its RFC 7638 thumbprint, the name `sign_configuration` signs under.
    """
    reader = Reader(read_json(raw), place="anchors")
    anchors: dict[str, ec.EllipticCurvePublicKey] = {}
    for jwk in reader.items("keys"):
        try:
            key = p256.public_key_from_jwk(jwk if isinstance(jwk, dict) else {})
        except ValueError as error:
            raise UnreadableError("anchors.keys[]: malformed") from error
        kid = jwk.get("kid", p256.thumbprint(key))
        if not isinstance(kid, str) or kid in anchors:
            raise UnreadableError("anchors.keys[].kid: malformed or given twice")
        anchors[kid] = key
    if not anchors:
        raise UnreadableError("anchors.keys: empty")
    return anchors
