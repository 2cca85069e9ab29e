"""Time stamps from a trusted authority (RFC 3161): proof that a signature was there at an instant.

Nothing the authority sends is believed before it was examined: it must stamp this very digest, now, under a
certificate for time stamping that leads to a root we were given.
"""

import datetime as dt
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

import httpx
from asn1crypto import cms, tsp, x509
from pyhanko.sign.timestamps import TimeStamper
from pyhanko.sign.timestamps.common_utils import TimestampRequestError
from pyhanko.sign.validation.errors import SignatureValidationError
from pyhanko.sign.validation.generic_cms import validate_tst_signed_data
from pyhanko_certvalidator import ValidationContext

SECONDS: Final = 5.0
_LARGEST: Final = 16_384
# Between the authority's clock and ours. More, and one of the two is wrong: the document waits.
CLOCKS_DIFFER: Final = dt.timedelta(minutes=5)
_QUERY, _REPLY = "application/timestamp-query", "application/timestamp-reply"


class TimeStampMissing(Exception):  # noqa: N818 -- reads as what happened
    """The authority gave no stamp, or none to be believed. Another time it may: the job comes again."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TimeStampAuthority:
    """Where stamps are asked for, and the roots that its certificate must lead to."""

    url: str
    roots: tuple[x509.Certificate, ...]


class Stamper(TimeStamper):
    """Asks one authority for the stamp of one signature that is made at an instant."""

    def __init__(self, authority: TimeStampAuthority, *, at: dt.datetime) -> None:
        super().__init__()  # type: ignore[no-untyped-call]
        self._authority, self._at = authority, at

    async def async_timestamp(self, message_digest: bytes, md_algorithm: str) -> cms.ContentInfo:
        """Return the token for a digest. Raises `TimeStampMissing`."""
        try:
            token = await super().async_timestamp(message_digest, md_algorithm)
        except (httpx.HTTPError, TimestampRequestError, ValueError, TypeError, KeyError) as error:
            raise TimeStampMissing("the authority of time stamps gave none") from error
        stamped_at = await _examined(token, self._authority.roots, message_digest, at=self._at)
        if abs(stamped_at - self._at) > CLOCKS_DIFFER:
            raise TimeStampMissing("the clock of the authority of time stamps and ours differ")
        return token

    async def async_request_tsa_response(self, req: tsp.TimeStampReq) -> tsp.TimeStampResp:
        """Return the authority's reply. Raises what the network or a malformed reply raises."""
        return tsp.TimeStampResp.load(_asked(self._authority.url, req.dump()), strict=True)


def _asked(url: str, query: bytes) -> bytes:
    headers = {"Content-Type": _QUERY, "Accept": _REPLY}
    with _client().stream("POST", url, content=query, headers=headers) as answer:
        answer.raise_for_status()
        if answer.headers.get("content-type", "").split(";")[0].strip() != _REPLY:
            raise ValueError("no reply of an authority of time stamps")
        body = b""
        for chunk in answer.iter_bytes():
            body += chunk
            if len(body) > _LARGEST:
                raise ValueError("a reply longer than any time stamp")
        return body


@lru_cache(maxsize=1)
def _client() -> httpx.Client:
    # Kept open: a connection for each document would cost more than the stamp.
    return httpx.Client(timeout=SECONDS, follow_redirects=False, trust_env=False)


async def _examined(
    token: cms.ContentInfo, roots: Sequence[x509.Certificate], digest: bytes, *, at: dt.datetime
) -> dt.datetime:
    """Return the instant a token states, once everything about it holds. Raises `TimeStampMissing`."""
    context = ValidationContext(trust_roots=list(roots), moment=at, allow_fetching=False)
    imprint: Callable[[str], bytes] = lambda _algorithm: digest  # noqa: E731 -- the library asks for a function
    try:
        status = await validate_tst_signed_data(token["content"], context, imprint)
    except (SignatureValidationError, ValueError, TypeError, KeyError, AttributeError) as error:
        raise TimeStampMissing("the time stamp cannot be examined") from error
    if not (status["intact"] and status["valid"]) or status.get("trust_problem_indic") is not None:
        raise TimeStampMissing("the time stamp does not hold")
    if status.get("validation_path") is None:
        raise TimeStampMissing("the time stamp is of an authority we were not told to trust")
    stamped_at: dt.datetime = status["timestamp"]
    return stamped_at
