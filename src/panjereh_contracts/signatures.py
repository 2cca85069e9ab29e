"""HTTP Message Signatures (RFC 9421) for the one component list the exchange uses.

Theory: a general implementation parses what the sender chose to cover and then has to judge whether that is
enough. Here both sides know the list, so the receiver builds the only `Signature-Input` it would accept from
the message itself and compares. What cannot be chosen cannot be left out.

- request: "@method" "@path" "@query" "content-digest", then every X-Road-* and Panjereh-* field by name
- response: "@status" "content-digest" and the request's signature ("signature";req;key="panjereh")

The algorithm is ecdsa-p256-sha256 (section 3.3.4); the key, not the message, says so.
"""

import base64
import binascii
import datetime as dt
import re
from dataclasses import dataclass
from typing import Final

from cryptography.hazmat.primitives.asymmetric import ec

from panjereh_contracts import p256
from panjereh_contracts.faults import ExchangeRefusal
from panjereh_contracts.p256 import SignatureInvalid

LABEL: Final = "panjereh"
REQUEST_TAG: Final = "panjereh-request"
RESPONSE_TAG: Final = "panjereh-response"
SIGNATURE: Final = "signature"
SIGNATURE_INPUT: Final = "signature-input"

# A request is for now: a minute to arrive, five seconds of disagreement between two clocks.
LIFETIME: Final = dt.timedelta(seconds=60)
CLOCK_SKEW: Final = dt.timedelta(seconds=5)

_INSTANT = r"(0|[1-9][0-9]{0,11})"
_KEYID = r"([A-Za-z0-9._:/@+=\-]{1,128})"
_NONCE = r"([A-Za-z0-9_\-]{22,64})"
_REQUEST_PARAMETERS = re.compile(
    rf';created={_INSTANT};expires={_INSTANT};nonce="{_NONCE}";keyid="{_KEYID}";tag="{REQUEST_TAG}"'
)
_RESPONSE_PARAMETERS = re.compile(rf';created={_INSTANT};keyid="{_KEYID}";tag="{RESPONSE_TAG}"')
_SIGNATURE_FIELD = re.compile(rf"{LABEL}=:([A-Za-z0-9+/]{{86}}==):")
_RESPONSE_COMPONENTS = f'("@status" "content-digest" "signature";req;key="{LABEL}")'


class OutsideWindow(ExchangeRefusal):
    """The message was signed too long ago, for too long, or in the future."""

    code = "exchange-outside-window"
    fault = "outdated_message"


@dataclass(frozen=True, slots=True)
class SignedRequest:
    """The parts of a request the signature covers. `fields` come from `headers.covered`."""

    method: str
    path: str
    query: str
    content_digest: str
    fields: dict[str, str]


@dataclass(frozen=True, slots=True)
class RequestParameters:
    """What the signer of a request says about its signature."""

    keyid: str
    nonce: str
    created_at: dt.datetime
    expires_at: dt.datetime

    def serialize(self) -> str:
        created, expires = int(self.created_at.timestamp()), int(self.expires_at.timestamp())
        return (
            f';created={created};expires={expires};nonce="{self.nonce}"'
            f';keyid="{self.keyid}";tag="{REQUEST_TAG}"'
        )


@dataclass(frozen=True, slots=True)
class ResponseParameters:
    """What the signer of a response says about its signature."""

    keyid: str
    created_at: dt.datetime

    def serialize(self) -> str:
        return f';created={int(self.created_at.timestamp())};keyid="{self.keyid}";tag="{RESPONSE_TAG}"'


@dataclass(frozen=True, slots=True)
class SignatureFields:
    """The two header values a signed message carries, and the base they stand for (kept as evidence)."""

    signature_input: str
    signature: str
    base: str


def _request_components(request: SignedRequest) -> str:
    names = ("@method", "@path", "@query", "content-digest", *request.fields)
    return "(" + " ".join(f'"{name}"' for name in names) + ")"


def request_base(request: SignedRequest, parameters: RequestParameters) -> str:
    """Return the signature base of a request (RFC 9421 section 2.5)."""
    fields = "".join(f'"{name}": {value}\n' for name, value in request.fields.items())
    return (
        f'"@method": {request.method}\n"@path": {request.path}\n"@query": ?{request.query}\n'
        f'"content-digest": {request.content_digest}\n{fields}'
        f'"@signature-params": {_request_components(request)}{parameters.serialize()}'
    )


def response_base(
    status: int, content_digest: str, *, request_signature: str, parameters: ResponseParameters
) -> str:
    """Return the signature base of a response to the request with this `Signature` field value."""
    member = request_signature.removeprefix(f"{LABEL}=")
    return (
        f'"@status": {status}\n"content-digest": {content_digest}\n"signature";req;key="{LABEL}": {member}\n'
        f'"@signature-params": {_RESPONSE_COMPONENTS}{parameters.serialize()}'
    )


def _seal(base: str, *, key: ec.EllipticCurvePrivateKey) -> SignatureFields:
    signature = base64.b64encode(p256.sign(base.encode("ascii"), key=key)).decode()
    signature_input = base[base.rindex('"@signature-params": ') + len('"@signature-params": ') :]
    return SignatureFields(f"{LABEL}={signature_input}", f"{LABEL}=:{signature}:", base)


def sign_request(
    request: SignedRequest, parameters: RequestParameters, *, key: ec.EllipticCurvePrivateKey
) -> SignatureFields:
    """Sign a request. The nonce must be fresh; it and the instants come from the caller."""
    return _seal(request_base(request, parameters), key=key)


def sign_response(
    status: int,
    content_digest: str,
    *,
    request_signature: str,
    parameters: ResponseParameters,
    key: ec.EllipticCurvePrivateKey,
) -> SignatureFields:
    """Sign a response, binding it to the one request whose signature it repeats (RFC 9421 section 2.4)."""
    base = response_base(status, content_digest, request_signature=request_signature, parameters=parameters)
    return _seal(base, key=key)


def _instant(text: str) -> dt.datetime:
    try:
        return dt.datetime.fromtimestamp(int(text), tz=dt.UTC)
    except (OverflowError, ValueError, OSError) as error:
        raise SignatureInvalid from error


def _parameters_after(components: str, signature_input: str) -> str:
    prefix = f"{LABEL}={components}"
    if not signature_input.startswith(prefix):
        raise SignatureInvalid
    return signature_input[len(prefix) :]


def read_request_parameters(request: SignedRequest, signature_input: str) -> RequestParameters:
    """Read `Signature-Input`; raises `SignatureInvalid` unless it covers exactly what `request` demands.

    Nothing is believed yet: the key it names must still be found and the signature verified.
    """
    match = _REQUEST_PARAMETERS.fullmatch(_parameters_after(_request_components(request), signature_input))
    if match is None:
        raise SignatureInvalid
    created, expires, nonce, keyid = match.groups()
    return RequestParameters(keyid, nonce, _instant(created), _instant(expires))


def read_response_parameters(signature_input: str) -> ResponseParameters:
    """Read a response's `Signature-Input`; `SignatureInvalid` unless it covers exactly the fixed list."""
    match = _RESPONSE_PARAMETERS.fullmatch(_parameters_after(_RESPONSE_COMPONENTS, signature_input))
    if match is None:
        raise SignatureInvalid
    created, keyid = match.groups()
    return ResponseParameters(keyid, _instant(created))


def _verify(base: str, signature: str, *, key: ec.EllipticCurvePublicKey) -> None:
    match = _SIGNATURE_FIELD.fullmatch(signature)
    if match is None:
        raise SignatureInvalid
    try:
        raw = base64.b64decode(match[1], validate=True)
        message = base.encode("ascii")
    except (binascii.Error, UnicodeEncodeError) as error:
        raise SignatureInvalid from error
    # The last base64 digit carries four unused bits: without this, one signature has sixteen spellings, and
    # the response is bound to the spelling.
    if base64.b64encode(raw).decode() != match[1]:
        raise SignatureInvalid
    p256.verify(raw, message, key=key)


def verify_request(
    request: SignedRequest, parameters: RequestParameters, signature: str, *, key: ec.EllipticCurvePublicKey
) -> str:
    """Return the signature base after verifying it; raises `SignatureInvalid`.

    `parameters` come from `read_request_parameters` over the same request. The window is `check_window`'s.
    """
    base = request_base(request, parameters)
    _verify(base, signature, key=key)
    return base


def verify_response(
    status: int,
    content_digest: str,
    signature: str,
    *,
    request_signature: str,
    parameters: ResponseParameters,
    key: ec.EllipticCurvePublicKey,
) -> str:
    """Return the signature base after verifying it; raises `SignatureInvalid`."""
    base = response_base(status, content_digest, request_signature=request_signature, parameters=parameters)
    _verify(base, signature, key=key)
    return base


def check_window(parameters: RequestParameters, *, at: dt.datetime) -> None:
    """Raise `OutsideWindow` unless the request is alive at `at` and claims no longer a life than `LIFETIME`.

    A nonce has therefore to be remembered until `expires_at` plus `CLOCK_SKEW`, and no longer.
    """
    lifetime = parameters.expires_at - parameters.created_at
    if not dt.timedelta(0) < lifetime <= LIFETIME:
        raise OutsideWindow
    if parameters.created_at > at + CLOCK_SKEW or parameters.expires_at <= at - CLOCK_SKEW:
        raise OutsideWindow


def check_answer_window(parameters: ResponseParameters, *, asked_at: dt.datetime, at: dt.datetime) -> None:
    """Raise `OutsideWindow` unless the answer was signed between the question and now."""
    if not asked_at - CLOCK_SKEW - dt.timedelta(seconds=1) <= parameters.created_at <= at + CLOCK_SKEW:
        raise OutsideWindow
