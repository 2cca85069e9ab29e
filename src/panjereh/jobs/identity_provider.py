"""Tell the identity provider, as the account plane, what happened to a person's word after a sign-in."""

from functools import cache
from http import HTTPStatus
from uuid import UUID

import httpx
from django.conf import settings

from panjereh.plumbing import client_keys, edge, request_log

TIMEOUT = httpx.Timeout(5.0, connect=2.0)


class IdentityProviderAway(Exception):  # noqa: N818 -- reads as what happened
    """It gave no answer, or not the one expected. Whoever tells it tells it again."""


def end_consent(consent_id: UUID) -> None:
    """Have every code and token that was made for a consent be worth nothing. Repeating it changes nothing.

    Raises `IdentityProviderAway`; it may have happened all the same.
    """
    environment = settings.PANJEREH
    assertion = client_keys.client_assertion(
        client_id=environment.account_plane_client_id,
        key=client_keys.client_key(environment.account_plane_client_key_file),
        audience=environment.idp_issuer,
        jti=str(edge.new_id()),
        at=edge.now(),
    )
    try:
        answer = _http().delete(
            f"{environment.idp_issuer}/account-plane/consents/{consent_id}",
            headers={"Authorization": f"Bearer {assertion}"},
        )
    except httpx.HTTPError as error:
        raise IdentityProviderAway(type(error).__name__) from error
    if answer.status_code != HTTPStatus.OK:
        raise IdentityProviderAway(str(answer.status_code))


@cache
def _http() -> httpx.Client:
    # One client per process: connections are kept, redirects never followed, no proxy from outside.
    return httpx.Client(timeout=TIMEOUT, trust_env=False, event_hooks={"request": [request_log.carry_id]})
