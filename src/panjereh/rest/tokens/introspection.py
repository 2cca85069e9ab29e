"""Ask the identity provider what a token is worth (RFC 7662). Nothing is remembered: revoked is revoked."""

import logging
from functools import cache
from http import HTTPStatus
from typing import Annotated

import httpx
import msgspec
from django.conf import settings

from panjereh.plumbing import client_keys, edge
from panjereh.rest.shapes import Shape
from panjereh.rest.tokens.refusals import TokenNotGood, TokensUnreadable

log = logging.getLogger(__name__)
TIMEOUT = httpx.Timeout(5.0, connect=2.0)


class Confirmation(Shape):
    """The thumbprint of the key a token is bound to."""

    jkt: str


class Token(Shape):
    """A live token: whose program brings it, for whom, and what they allowed it."""

    iss: str
    client_id: Annotated[str, msgspec.Meta(max_length=64)]
    sub: str
    aud: list[str]
    scope: str
    acr: str
    cnf: Confirmation


def introspect(token: str) -> Token:
    """Return what the identity provider says of a token that is meant for us.

    Raises `TokenNotGood` for every other token, and `TokensUnreadable` when nobody answers.
    """
    environment = settings.PANJEREH
    answer = _ask(token)
    try:
        told = msgspec.json.decode(answer.content, type=dict)
        if answer.status_code != HTTPStatus.OK or told.get("active") not in (True, False):
            raise TokensUnreadable
        if told["active"] is False:
            raise TokenNotGood
        found = msgspec.convert(told, Token)
    except (msgspec.MsgspecError, AttributeError) as error:
        log.warning("identity provider answers what makes no sense: %s", type(error).__name__)
        raise TokensUnreadable from error
    if found.iss != environment.idp_issuer or environment.portal_client_id not in found.aud:
        raise TokenNotGood
    return found


def _ask(token: str) -> httpx.Response:
    environment = settings.PANJEREH
    assertion = client_keys.client_assertion(
        client_id=environment.portal_client_id,
        key=client_keys.client_key(environment.portal_client_key_file),
        audience=environment.idp_issuer,
        jti=str(edge.new_id()),
        at=edge.now(),
    )
    form = {
        "token": token,
        "client_assertion_type": client_keys.ASSERTION_TYPE,
        "client_assertion": assertion,
    }
    try:
        return _http().post(f"{environment.idp_issuer}/introspect", data=form)
    except httpx.HTTPError as error:
        log.warning("identity provider does not answer: %s", type(error).__name__)
        raise TokensUnreadable from error


@cache
def _http() -> httpx.Client:
    # One client per process: connections are kept, redirects never followed, no proxy from outside.
    return httpx.Client(timeout=TIMEOUT, trust_env=False)
