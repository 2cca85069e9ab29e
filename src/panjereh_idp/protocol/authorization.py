"""What a client asks for, and how the browser carries the answer home."""

import re
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any
from urllib.parse import urlencode, urlsplit

from panjereh_idp.protocol.clients import Client
from panjereh_idp.protocol.refusals import (
    InvalidRequest,
    InvalidScope,
    RequestNotSupported,
    UnsupportedResponseType,
)

OPENID = "openid"
LEVELS = ("1", "2", "3")
PROMPTS = frozenset({"none", "login"})
LANGUAGES = ("fa", "en")
MAX_TEXT = 512
LONGEST_AGE_S = 7 * 24 * 3600

_CHALLENGE = re.compile(r"[A-Za-z0-9_-]{43}")
_JKT = re.compile(r"[A-Za-z0-9_-]{43}")


@dataclass(frozen=True, slots=True)
class AuthorizationRequest:
    """A checked authorization request, as it is kept between the steps. `acr` is the least level accepted."""

    client_id: str
    redirect_uri: str
    code_challenge: str
    scope: str
    state: str | None
    nonce: str | None
    acr: int
    max_age_s: int | None
    prompt: str | None
    ui_locale: str
    dpop_jkt: str | None

    @property
    def asked_scopes(self) -> tuple[str, ...]:
        """What the client wants a person to allow it, beyond knowing who they are."""
        return tuple(scope for scope in self.scope.split(" ") if scope != OPENID)

    def as_document(self) -> dict[str, Any]:
        """Return the request as plain JSON values."""
        return asdict(self)


def read_request(
    parameters: Mapping[str, str], *, client: Client, proof_jkt: str | None
) -> AuthorizationRequest:
    """Check the parameters a client pushed (RFC 9126 section 2.1, FAPI 2.0 section 5.3.2.2).

    `proof_jkt` is the key of the DPoP proof that came with the push, if any (RFC 9449 section 10.1). Raises
    the `OAuthRefusal` the RFCs name; unknown parameters are ignored, as RFC 6749 section 3.1 asks.
    """
    _check_profile(parameters, client)
    scope = _scope(parameters.get("scope", ""), client)
    if parameters.get("code_challenge_method") != "S256":
        raise InvalidRequest("code-challenge-method-must-be-s256")
    if not _CHALLENGE.fullmatch(parameters.get("code_challenge", "")):
        raise InvalidRequest("code-challenge-wrong")
    if parameters.get("redirect_uri") not in client.redirect_uris:
        raise InvalidRequest("redirect-uri-not-registered")
    return AuthorizationRequest(
        client_id=client.client_id,
        redirect_uri=parameters["redirect_uri"],
        code_challenge=parameters["code_challenge"],
        scope=scope,
        state=_text(parameters.get("state")),
        nonce=_text(parameters.get("nonce")),
        acr=_least_level(parameters.get("acr_values")),
        max_age_s=_max_age(parameters.get("max_age")),
        prompt=_prompt(parameters.get("prompt")),
        ui_locale=_language(parameters.get("ui_locales", "")),
        dpop_jkt=_dpop_jkt(parameters.get("dpop_jkt"), proof_jkt),
    )


def success_address(request: AuthorizationRequest, *, code: str, issuer: str) -> str:
    """Return where the browser takes the code, with `iss` against mix-up (RFC 9207)."""
    return _address(request, {"code": code}, issuer)


def refusal_address(request: AuthorizationRequest, *, error: str, issuer: str) -> str:
    """Return where the browser takes the bad news (RFC 6749 section 4.1.2.1, RFC 9207)."""
    return _address(request, {"error": error}, issuer)


def with_query(uri: str, parameters: Mapping[str, str]) -> str:
    """Return the address with parameters added to its query."""
    parts = urlsplit(uri)
    return parts._replace(query="&".join(filter(None, (parts.query, urlencode(parameters))))).geturl()


def origin_of(uri: str) -> str:
    """Return scheme, host and port of an address: where a browser may be sent to."""
    parts = urlsplit(uri)
    return f"{parts.scheme}://{parts.netloc}"


def _address(request: AuthorizationRequest, answer: dict[str, str], issuer: str) -> str:
    state = {"state": request.state} if request.state is not None else {}
    return with_query(request.redirect_uri, {**answer, **state, "iss": issuer})


def _check_profile(parameters: Mapping[str, str], client: Client) -> None:
    if "request" in parameters:
        raise RequestNotSupported("request-object-not-supported")
    if "request_uri" in parameters:
        raise InvalidRequest("request-uri-must-not-be-pushed")
    if parameters.get("client_id", client.client_id) != client.client_id:
        raise InvalidRequest("client-id-of-another-client")
    if parameters.get("response_type") != "code":
        raise UnsupportedResponseType("response-type-must-be-code")
    if parameters.get("response_mode", "query") != "query":
        raise InvalidRequest("response-mode-must-be-query")


def _scope(text: str, client: Client) -> str:
    wanted = set(text.split(" "))
    if OPENID not in wanted:
        raise InvalidScope("scope-must-be-openid")
    if not wanted <= {OPENID} | client.scopes:
        raise InvalidScope("scope-not-of-this-client")
    return " ".join(sorted(wanted))


def _text(value: str | None) -> str | None:
    if value is not None and len(value) > MAX_TEXT:
        raise InvalidRequest("parameter-too-long")
    return value


def _least_level(acr_values: str | None) -> int:
    if acr_values is None:
        return int(LEVELS[0])
    known = [int(value) for value in acr_values.split(" ") if value in LEVELS]
    if not known:
        raise InvalidRequest("acr-not-known")
    return min(known)


def _max_age(value: str | None) -> int | None:
    if value is None:
        return None
    if not value.isascii() or not value.isdigit() or len(value) > len(str(LONGEST_AGE_S)):
        raise InvalidRequest("max-age-wrong")
    return int(value)


def _prompt(value: str | None) -> str | None:
    if value is not None and value not in PROMPTS:
        raise InvalidRequest("prompt-not-known")
    return value


def _language(ui_locales: str) -> str:
    wanted = [tag.split("-")[0].lower() for tag in ui_locales.split(" ")]
    return next((language for language in wanted if language in LANGUAGES), LANGUAGES[0])


def _dpop_jkt(parameter: str | None, proof_jkt: str | None) -> str | None:
    if parameter is not None and not _JKT.fullmatch(parameter):
        raise InvalidRequest("dpop-jkt-wrong")
    if parameter is not None and proof_jkt is not None and parameter != proof_jkt:
        raise InvalidRequest("dpop-jkt-of-another-key")
    return parameter or proof_jkt
