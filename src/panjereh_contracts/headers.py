"""Which header fields of an exchange carry meaning, which are signed, and which never cross a node."""

import re
from collections.abc import Iterable, Sequence
from typing import Final

from panjereh_contracts.faults import ClientRefusal

CLIENT: Final = "x-road-client"
MESSAGE_ID: Final = "x-road-id"
REQUEST_ID: Final = "x-road-request-id"
SERVICE: Final = "x-road-service"
USER_ID: Final = "x-road-userid"
ISSUE: Final = "x-road-issue"
PINNED_NODE: Final = "x-road-security-server"
PURPOSE: Final = "panjereh-purpose"
LEGAL_BASIS: Final = "panjereh-legal-basis"
CONTRACT: Final = "panjereh-contract"
RECEIPT: Final = "panjereh-receipt"

COVERED_PREFIXES: Final = ("x-road-", "panjereh-")
MAX_VALUE: Final = 1024

Headers = Sequence[tuple[str, str]]

# X-Road's list (message protocol for REST, section 4.3) and what belongs to one hop of ours.
_HOP_BY_HOP: Final = frozenset(
    {
        "transfer-encoding",
        "keep-alive",
        "proxy-authenticate",
        "proxy-authorization",
        "proxy-connection",
        "te",
        "trailer",
        "upgrade",
        "connection",
        "user-agent",
        "host",
        "content-length",
        "server",
        "expect",
        "date",
        "signature",
        "signature-input",
        "content-digest",
        "accept-encoding",
    }
)
_NAME = re.compile(r"[a-z0-9!#$%&'*+\-.^_`|~]{1,64}")
# Visible ASCII with single inner spaces and tabs as they come: what RFC 9421 can put on one line.
_VALUE = re.compile(r"[\x21-\x7e](?:[\x20-\x7e]*[\x21-\x7e])?")


class MissingHeader(ClientRefusal):
    """A header the exchange needs is absent."""

    code = "exchange-missing-header"
    fault = "missing_header"

    def __init__(self, header: str) -> None:
        super().__init__(header)
        self.header = header


class MalformedHeader(ClientRefusal):
    """A header of the exchange is repeated, too long, or not visible ASCII."""

    code = "exchange-malformed-header"
    fault = "bad_request"

    def __init__(self, header: str) -> None:
        super().__init__(header)
        self.header = header


def is_covered(name: str) -> bool:
    """Say whether the field (lower-case name) belongs to the exchange and is therefore signed."""
    return name.startswith(COVERED_PREFIXES)


def covered(headers: Iterable[tuple[str, str]]) -> dict[str, str]:
    """Return the exchange's own fields, sorted by name; each may come once only.

    Raises `MalformedHeader`: a repeated field is combined differently by different programs, and a value that
    is not visible ASCII cannot stand in a signature base (RFC 9421 section 2.5).
    """
    fields: dict[str, str] = {}
    for name, raw in headers:
        if not is_covered(name):
            continue
        value = raw.strip(" \t")
        if (
            name in fields
            or not _NAME.fullmatch(name)
            or len(value) > MAX_VALUE
            or not _VALUE.fullmatch(value)
        ):
            raise MalformedHeader(name if _NAME.fullmatch(name) else "?")
        fields[name] = value
    return dict(sorted(fields.items()))


def passing(headers: Iterable[tuple[str, str]]) -> list[tuple[str, str]]:
    """Return the fields that cross a node unchanged: neither hop-by-hop nor the exchange's own.

    Fields that the sender's own `Connection` header names are hop-by-hop too (RFC 9110 section 7.6.1).
    """
    fields = list(headers)
    named = {
        token.strip().lower() for name, value in fields if name == "connection" for token in value.split(",")
    }
    return [
        (name, value)
        for name, value in fields
        if name not in _HOP_BY_HOP and name not in named and not is_covered(name)
    ]


def single(headers: Iterable[tuple[str, str]], name: str) -> str | None:
    """Return the value of a field that may come at most once, None if absent; raises `MalformedHeader`."""
    values = [value for key, value in headers if key == name]
    if len(values) > 1:
        raise MalformedHeader(name)
    return values[0] if values else None


def require(fields: dict[str, str], name: str) -> str:
    """Return the field's value; raises `MissingHeader`."""
    try:
        return fields[name]
    except KeyError as error:
        raise MissingHeader(name) from error
