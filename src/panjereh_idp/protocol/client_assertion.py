"""A client proves who it is: private_key_jwt (RFC 7523 section 3, FAPI 2.0 section 5.3.2.1)."""

import datetime as dt
from collections.abc import Mapping
from typing import Any, NamedTuple

from panjereh_idp.protocol import jose
from panjereh_idp.protocol.clients import Client
from panjereh_idp.protocol.refusals import InvalidClient

ASSERTION_TYPE = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer"
LONGEST_LIFE_S = 60
CLOCK_SKEW_S = 10
MAX_JTI_LENGTH = 200


class ProvenClient(NamedTuple):
    """A client whose assertion holds. It counts only once: `jti` must be remembered until `forget_at`."""

    client: Client
    jti: str
    forget_at: dt.datetime


def verify_assertion(
    assertion: str, *, clients: Mapping[str, Client], issuer: str, at: dt.datetime
) -> ProvenClient:
    """Check a client assertion and return whose it is.

    The audience must be the issuer as a string, nothing else (FAPI 2.0 section 5.3.2.1 point 8), the life at
    most 60 seconds. The caller must refuse a `jti` it has seen. Raises `InvalidClient`.
    """
    try:
        token = jose.read(assertion)
    except jose.MalformedToken as error:
        raise InvalidClient(str(error)) from error
    client = _client_of(token.claims, clients)
    key = client.keys.get(str(token.header.get("kid")))
    if key is None:
        raise InvalidClient("key-not-registered")
    try:
        jose.verify(token, key)
    except jose.MalformedToken as error:
        raise InvalidClient(str(error)) from error
    if token.claims.get("aud") != issuer:
        raise InvalidClient("assertion-audience-wrong")
    return ProvenClient(client, _jti(token.claims), _check_life(token.claims, at))


def _client_of(claims: dict[str, Any], clients: Mapping[str, Client]) -> Client:
    client = clients.get(str(claims.get("iss")))
    if client is None or claims.get("sub") != client.client_id:
        raise InvalidClient("client-not-known")
    return client


def _jti(claims: dict[str, Any]) -> str:
    jti = claims.get("jti")
    if not isinstance(jti, str) or not 0 < len(jti) <= MAX_JTI_LENGTH:
        raise InvalidClient("assertion-id-missing")
    return jti


def _check_life(claims: dict[str, Any], at: dt.datetime) -> dt.datetime:
    now = int(at.timestamp())
    issued, starts, expires = (claims.get(name, now) for name in ("iat", "nbf", "exp"))
    if "exp" not in claims or any(type(time) is not int for time in (issued, starts, expires)):
        raise InvalidClient("assertion-times-wrong")
    if max(issued, starts) > now + CLOCK_SKEW_S:
        raise InvalidClient("assertion-from-the-future")
    if expires <= now - CLOCK_SKEW_S:
        raise InvalidClient("assertion-expired")
    if expires > now + LONGEST_LIFE_S + CLOCK_SKEW_S:
        raise InvalidClient("assertion-lives-too-long")
    return dt.datetime.fromtimestamp(expires + CLOCK_SKEW_S, dt.UTC)
