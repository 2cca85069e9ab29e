"""The identity provider over HTTP: short time limits, its metadata and keys remembered for a while.

Nothing that comes back is believed before it is checked; what cannot be checked is `SignInUnavailable`.
"""

import datetime as dt
import json
import logging
import threading
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import httpx
from django.conf import settings
from joserfc.errors import JoseError
from joserfc.jwk import KeySet
from joserfc.util import urlsafe_b64decode

from panjereh.plumbing import client_keys as keys
from panjereh.plumbing import edge, request_log
from panjereh_kernel.refusal import Refusal

log = logging.getLogger(__name__)

TIMEOUT = httpx.Timeout(5.0, connect=2.0)
METADATA_LIFE = dt.timedelta(minutes=10)
KEYS_ASKED_AT_MOST_EVERY = dt.timedelta(seconds=30)
ENDPOINTS = (
    "authorization_endpoint",
    "pushed_authorization_request_endpoint",
    "token_endpoint",
    "end_session_endpoint",
    "jwks_uri",
)


class SignInUnavailable(Refusal):
    """The identity provider does not answer, or answers what makes no sense. The person may try again."""

    code = "sign-in-unavailable"
    status = 503


@dataclass(frozen=True, slots=True)
class Metadata:
    """Where the provider's endpoints are, and the keys it signs with."""

    endpoints: Mapping[str, str]
    key_set: KeySet
    read_at: dt.datetime


@dataclass(frozen=True, slots=True)
class RelyingParty:
    """One of our sites as a client of the identity provider."""

    client_id: str
    key_file: Path


def portal() -> RelyingParty:
    """Return the window, where people see to their own affairs."""
    environment = settings.PANJEREH
    return RelyingParty(environment.portal_client_id, environment.portal_client_key_file)


class _Remembered:
    """The last metadata read, shared by all threads of the process."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._metadata: Metadata | None = None

    def get(self, *, not_before: dt.datetime) -> Metadata:
        """Return metadata read at or after the instant, reading it anew if needed."""
        with self._lock:
            if self._metadata is None or self._metadata.read_at < not_before:
                self._metadata = _read_metadata()
            return self._metadata

    def forget(self) -> None:
        with self._lock:
            self._metadata = None


_remembered = _Remembered()


def metadata() -> Metadata:
    """Return what the provider says about itself, at most ten minutes old. Raises `SignInUnavailable`."""
    return _remembered.get(not_before=edge.now() - METADATA_LIFE)


def keys_for(token: str) -> KeySet:
    """Return the provider's keys; they are read anew, at most twice a minute, for a key not seen before.

    Raises `SignInUnavailable`.
    """
    key_set = metadata().key_set
    if _key_id_of(token) in {key.kid for key in key_set.keys}:
        return key_set
    return _remembered.get(not_before=edge.now() - KEYS_ASKED_AT_MOST_EVERY).key_set


def forget_metadata() -> None:
    """Read the metadata anew the next time."""
    _remembered.forget()


def post_as(
    party: RelyingParty, endpoint: str, form: Mapping[str, str], *, proof_key: dict[str, str] | None = None
) -> httpx.Response:
    """Post a form to an endpoint as one of our clients, with a DPoP proof if a key is given.

    Raises `SignInUnavailable` when nothing came back or the provider is in trouble; other answers, also
    refusals, are returned.
    """
    url = metadata().endpoints[endpoint]
    at = edge.now()
    headers = {}
    if proof_key is not None:
        headers["DPoP"] = keys.dpop_proof(
            key=keys.dpop_key(proof_key), method="POST", url=url, jti=str(edge.new_id()), at=at
        )
    assertion = _assertion(party.client_id, party.key_file)
    client = {"client_assertion_type": keys.ASSERTION_TYPE, "client_assertion": assertion}
    return _send("POST", url, data={**form, **client}, headers=headers)


def call_as_account_plane(method: str, path: str, body: Mapping[str, Any] | None = None) -> httpx.Response:
    """Call the login-challenge API as the account plane's own client. Raises `SignInUnavailable`."""
    environment = settings.PANJEREH
    assertion = _assertion(environment.account_plane_client_id, environment.account_plane_client_key_file)
    headers = {"Authorization": f"Bearer {assertion}"}
    return _send(method, environment.idp_issuer + path, json=body, headers=headers)


def json_body(answer: httpx.Response) -> dict[str, Any]:
    """Return the JSON object of a good answer. Raises `SignInUnavailable` for anything else."""
    try:
        body = answer.json()
    except ValueError as error:
        raise SignInUnavailable from error
    if not answer.is_success or not isinstance(body, dict):
        log.warning("identity provider answered %s", answer.status_code)
        raise SignInUnavailable
    return body


def text_of(body: Mapping[str, Any], name: str) -> str:
    """Return a text of an answer. Raises `SignInUnavailable` if it is not there."""
    value = body.get(name)
    if not isinstance(value, str) or not value:
        raise SignInUnavailable
    return value


def _assertion(client_id: str, key_file: Path) -> str:
    return keys.client_assertion(
        client_id=client_id,
        key=keys.client_key(key_file),
        audience=settings.PANJEREH.idp_issuer,
        jti=str(edge.new_id()),
        at=edge.now(),
    )


def _read_metadata() -> Metadata:
    issuer = settings.PANJEREH.idp_issuer
    document = json_body(_send("GET", f"{issuer}/.well-known/openid-configuration"))
    endpoints = {name: str(document.get(name, "")) for name in ENDPOINTS}
    # Another issuer's endpoints would take our codes and our people elsewhere.
    if document.get("issuer") != issuer or not all(
        address.startswith(f"{issuer}/") for address in endpoints.values()
    ):
        log.error("identity provider describes itself as somebody else")
        raise SignInUnavailable
    try:
        key_set = KeySet.import_key_set({"keys": json_body(_send("GET", endpoints["jwks_uri"]))["keys"]})
    except (JoseError, KeyError, TypeError, ValueError) as error:
        raise SignInUnavailable from error
    return Metadata(endpoints, key_set, edge.now())


def _send(method: str, url: str, **content: Any) -> httpx.Response:
    try:
        answer = _http().request(method, url, **content)
    except httpx.HTTPError as error:
        log.warning("identity provider does not answer: %s", type(error).__name__)
        raise SignInUnavailable from error
    if answer.is_server_error:
        log.warning("identity provider is in trouble: %s", answer.status_code)
        raise SignInUnavailable
    return answer


@cache
def _http() -> httpx.Client:
    # One client per process: connections are kept, redirects never followed, no proxy from outside.
    return httpx.Client(timeout=TIMEOUT, trust_env=False, event_hooks={"request": [request_log.carry_id]})


def _key_id_of(token: str) -> str | None:
    """Return the key a token says it is signed with; nothing is believed yet."""
    try:
        header = json.loads(urlsafe_b64decode(token.split(".", maxsplit=1)[0].encode()))
    except ValueError:
        return None
    return header.get("kid") if isinstance(header, dict) else None
