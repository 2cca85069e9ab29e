"""From the headers of a request to the person a program acts for."""

import datetime as dt
from uuid import UUID

from django.conf import settings
from django.http import HttpRequest

from panjereh.domain.people import api as people
from panjereh.plumbing import once
from panjereh.rest.tokens.introspection import Token, introspect
from panjereh.rest.tokens.proof import read_proof
from panjereh.rest.tokens.refusals import ProofNotGood, ScopeMissing, TokenMissing, TokenNotGood
from panjereh_kernel.actor import Actor, Channel, Role
from panjereh_kernel.refusal import NotFound

LONGEST_TOKEN = 200


def caller_of(request: HttpRequest, *, scope: str, at: dt.datetime) -> Actor:
    """Return the person whose program calls, for what they allowed it. Its proof is good for this once.

    Raises the `TokenRefusal` that says what is wrong, and `TokensUnreadable`.
    """
    token = _token_in(request)
    proof = read_proof(
        request.headers.get("DPoP", ""),
        method=request.method or "",
        url=f"{settings.PANJEREH.public_url}{request.path}",
        token=token,
        at=at,
    )
    found = introspect(token)
    if found.cnf.jkt != proof.jkt:
        raise ProofNotGood
    # Last of all, so that a stranger's proofs fill no table.
    if not once.remember(proof.mark, forget_at=proof.forget_at, at=at):
        raise ProofNotGood
    if scope not in found.scope.split(" "):
        raise ScopeMissing
    return _actor(found, scope, at)


def _token_in(request: HttpRequest) -> str:
    scheme, _, token = request.headers.get("Authorization", "").partition(" ")
    if scheme.lower() != "dpop" or not 0 < len(token) <= LONGEST_TOKEN or not token.isascii():
        raise TokenMissing
    return token


def _actor(found: Token, scope: str, at: dt.datetime) -> Actor:
    try:
        account = people.account(UUID(found.sub))
    except (ValueError, NotFound) as error:
        raise TokenNotGood from error
    # What was taken back is over here at once, whenever the identity provider hears of it.
    if not account.is_active or not people.allows(
        account.subject_id, client_id=found.client_id, scope=scope, at=at
    ):
        raise TokenNotGood
    return Actor(
        role=Role.CITIZEN,
        channel=Channel.API,
        # Who reads, in the person's own list of accesses, is the program they allowed it.
        purpose=f"program:{found.client_id}",
        subject_id=account.subject_id,
        account_id=account.id,
        acr=int(found.acr),
        ial=account.ial,
    )
