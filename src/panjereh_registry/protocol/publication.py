"""When a new edition of the configuration is due, and what it says."""

import datetime as dt
import hashlib
import json
from dataclasses import dataclass

from cryptography.hazmat.primitives.asymmetric import ec

from panjereh_contracts.configuration import make_document, parse_source, sign_configuration
from panjereh_contracts.reading import Reader, read_json, write_instant


@dataclass(frozen=True, slots=True)
class Lifetimes:
    """How long an edition is fresh (new rights need a fresh one) and how long usable at all."""

    fresh: dt.timedelta = dt.timedelta(minutes=10)
    usable: dt.timedelta = dt.timedelta(days=30)


@dataclass(frozen=True, slots=True)
class Edition:
    """One signed configuration and what must be remembered to follow it by the next."""

    serial: int
    source_sha256: str
    issued_at: dt.datetime
    jws: bytes

    def encode(self) -> bytes:
        """Return the edition as JSON for the state file."""
        return json.dumps(
            {
                "serial": self.serial,
                "source_sha256": self.source_sha256,
                "issued_at": write_instant(self.issued_at),
                "jws": self.jws.decode(),
            }
        ).encode()

    @classmethod
    def decode(cls, raw: bytes) -> "Edition":
        """Read what `encode` wrote; raises `UnreadableError`."""
        reader = Reader(read_json(raw), place="edition")
        edition = cls(
            serial=reader.number("serial"),
            source_sha256=reader.text("source_sha256"),
            issued_at=reader.instant("issued_at"),
            jws=reader.text("jws", limit=len(raw)).encode(),
        )
        reader.done()
        return edition


def is_due(current: Edition | None, *, source: bytes, lifetimes: Lifetimes, at: dt.datetime) -> bool:
    """Say whether a new edition must be signed: the source changed, or half the freshness is gone.

    Half, so that a node that asks once in that time always holds a fresh one.
    """
    if current is None or hashlib.sha256(source).hexdigest() != current.source_sha256:
        return True
    return not current.issued_at <= at < current.issued_at + lifetimes.fresh / 2


def make_edition(
    current: Edition | None,
    *,
    source: bytes,
    key: ec.EllipticCurvePrivateKey,
    lifetimes: Lifetimes,
    at: dt.datetime,
) -> Edition:
    """Sign the next edition; raises `UnreadableError` if the source is at fault.

    The serial is the time in seconds or one more than the last, whichever is greater: it never goes back, not
    even when the state was lost and the clock is right, or the clock went back and the state is there.
    """
    directory = parse_source(source)
    serial = max(int(at.timestamp()), 0 if current is None else current.serial + 1)
    document = make_document(
        directory, serial=serial, at=at, fresh_for=lifetimes.fresh, usable_for=lifetimes.usable
    )
    return Edition(serial, hashlib.sha256(source).hexdigest(), at, sign_configuration(document, key=key))
