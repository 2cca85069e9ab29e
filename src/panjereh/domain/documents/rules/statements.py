"""What a check found, as a value that can be put on file: the content of a receipt."""

import dataclasses
import datetime as dt
import json
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any, Self


class Way(StrEnum):
    """How a document was checked."""

    CODE = "code"
    FILE = "file"
    DIGEST = "digest"


@dataclass(frozen=True, slots=True)
class Named:
    """What our records hold of the document a check found. The document itself names its holder."""

    serial: str
    title: dict[str, str]
    issuer: dict[str, str]
    issued_at: str
    valid_until: str | None
    revoked_at: str | None
    revocation_reason: str | None


@dataclass(frozen=True, slots=True)
class Statement:
    """One check: when, how, and its result. Instants and days are ISO text, the digest is hexadecimal.

    `result` is a standing of the document, or the verdict about a file that is none of ours. `answers` are
    the questions asked of a file, by their codes. `reference` is drawn for this check: its receipt has it.
    """

    reference: str
    checked_at: str
    way: str
    result: str
    file_sha256: str | None = None
    answers: dict[str, bool] = field(default_factory=dict)
    document: Named | None = None

    def to_json(self) -> str:
        """Return the statement as text."""
        return json.dumps(dataclasses.asdict(self), ensure_ascii=False, sort_keys=True)

    def as_record(self) -> dict[str, Any]:
        """Return the statement as data of record: without its reference, which opens the receipt."""
        return {name: value for name, value in dataclasses.asdict(self).items() if name != "reference"}

    @classmethod
    def from_json(cls, text: str) -> Self:
        """Return the statement in a text that `to_json` made."""
        raw: dict[str, Any] = json.loads(text)
        named = raw.pop("document")
        return cls(**raw, document=Named(**named) if named else None)


def instant(at: dt.datetime) -> str:
    """Return an instant as a record writes it."""
    return at.astimezone(dt.UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
