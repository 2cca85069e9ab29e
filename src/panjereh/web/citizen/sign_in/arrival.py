"""Come back from the identity provider: believe only what answers our question, then begin the session."""

import logging
from collections.abc import Mapping
from dataclasses import dataclass

from django.conf import settings
from django.contrib.sessions.backends.base import SessionBase

from panjereh.domain.people import api as people
from panjereh.plumbing import edge
from panjereh.web.citizen.sign_in import lifetime, provider
from panjereh.web.citizen.sign_in.identity import Identity, IdentityTokenWrong, read_identity
from panjereh.web.citizen.sign_in.starts import Start
from panjereh_kernel.refusal import NotFound, Refusal

log = logging.getLogger(__name__)


class SignInOutOfDate(Refusal):
    """The return does not belong to a sign-in under way in this browser, or came a second time."""

    code = "sign-in-out-of-date"
    status = 400


class SignInNotTrusted(Refusal):
    """What came back does not hold: another provider, a wrong token, a code that opens nothing."""

    code = "sign-in-not-trusted"
    status = 400


class SignInCancelled(Refusal):
    """The person turned back, or could not prove who they are as strongly as was asked."""

    code = "sign-in-cancelled"
    status = 403


class AccountClosed(Refusal):
    """The account is not there or opens nothing any more."""

    code = "account-closed"
    status = 403


@dataclass(frozen=True, slots=True)
class Proven:
    """Who came back: what the provider says, whose account it is, and the token for signing out."""

    identity: Identity
    subject_id: str
    id_token: str


def arrive(
    session: SessionBase, answer: Mapping[str, str], start: Start | None, *, redirect_uri: str
) -> None:
    """Check the answer to a start and begin the signed-in session.

    Raises `SignInOutOfDate`, `SignInNotTrusted`, `SignInCancelled`, `AccountClosed`, `SignInUnavailable`; the
    session is then as it was.
    """
    proven = prove(answer, start, party=provider.portal(), redirect_uri=redirect_uri)
    _begin(session, proven)


def prove(
    answer: Mapping[str, str], start: Start | None, *, party: provider.RelyingParty, redirect_uri: str
) -> Proven:
    """Return who came back to one of our clients. Raises as `arrive` does, and changes nothing."""
    if start is None:
        raise SignInOutOfDate
    if answer.get("iss") != settings.PANJEREH.idp_issuer:  # RFC 9207 section 2.4: before anything is sent
        log.warning("sign-in answered by another issuer")
        raise SignInNotTrusted
    if "error" in answer:
        raise _refusal_of(answer["error"])
    id_token = _exchange(answer.get("code", ""), start, party, redirect_uri)
    identity = _identity(id_token, start, party)
    return Proven(identity, _subject_of(identity), id_token)


def _refusal_of(error: str) -> Refusal:
    if error in ("access_denied", "unmet_authentication_requirements", "login_required"):
        return SignInCancelled()
    return provider.SignInUnavailable() if error == "temporarily_unavailable" else SignInNotTrusted()


def _exchange(code: str, start: Start, party: provider.RelyingParty, redirect_uri: str) -> str:
    form = {
        "grant_type": "authorization_code",
        "code": code,
        "redirect_uri": redirect_uri,
        "code_verifier": start.code_verifier,
    }
    answer = provider.post_as(party, "token_endpoint", form, proof_key=start.dpop_key)
    if answer.is_client_error:
        log.warning("code refused: %s", answer.status_code)
        raise SignInNotTrusted
    # The access token is not kept: everything the portal may know is in the identity token.
    return provider.text_of(provider.json_body(answer), "id_token")


def _identity(id_token: str, start: Start, party: provider.RelyingParty) -> Identity:
    try:
        return read_identity(
            id_token,
            key_set=provider.keys_for(id_token),
            issuer=settings.PANJEREH.idp_issuer,
            client_id=party.client_id,
            start=start,
            at=edge.now(),
        )
    except IdentityTokenWrong as error:
        log.warning("identity token refused: %s", error)
        raise SignInNotTrusted from error


def _subject_of(identity: Identity) -> str:
    try:
        account = people.account(identity.account_id)
    except NotFound as error:
        raise AccountClosed from error
    if not account.is_active:
        raise AccountClosed
    return str(account.subject_id)


def _begin(session: SessionBase, proven: Proven) -> None:
    identity = proven.identity
    if session.get("account_id", str(identity.account_id)) != str(identity.account_id):
        session.flush()  # nothing of one person may be seen by the next
    session.cycle_key()  # a session known to somebody before the sign-in is worth nothing after it
    session.update(
        {
            "account_id": str(identity.account_id),
            "subject_id": proven.subject_id,
            "acr": identity.acr,
            "ial": identity.ial,
            "auth_at": identity.auth_at,
            "sid": identity.sid,
            "id_token": proven.id_token,
        }
    )
    lifetime.begin(session, at=edge.now())
