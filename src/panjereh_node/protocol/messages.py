"""HTTP messages as the decisions see them, and the limits every message keeps."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from panjereh_contracts.faults import ClientRefusal, ExchangeRefusal

# GAP: bodies are held in memory whole; above this size they are refused. Larger ones need spooling to disk
# and digests in trailers, released only after verification.
MAX_BODY: Final = 1024 * 1024


class BodyTooLarge(ClientRefusal):
    """The request's body exceeds `MAX_BODY`, or did not arrive whole in time."""

    code = "exchange-body-too-large"
    fault = "bad_request"


class BodyTooSlow(ClientRefusal):
    """The request's body did not arrive in time or broke off."""

    code = "exchange-body-too-slow"
    fault = "bad_request"


class AnswerTooLarge(ExchangeRefusal):
    """The other side's answer exceeds `MAX_BODY`."""

    code = "exchange-answer-too-large"
    fault = "service_failed"


@dataclass(frozen=True, slots=True)
class HttpRequest:
    """A whole request. Path and query are raw (no "?"), header names lower case."""

    method: str
    path: str
    query: str
    headers: Sequence[tuple[str, str]]
    body: bytes


@dataclass(frozen=True, slots=True)
class HttpAnswer:
    """A whole answer; header names lower case."""

    status: int
    headers: Sequence[tuple[str, str]]
    body: bytes
