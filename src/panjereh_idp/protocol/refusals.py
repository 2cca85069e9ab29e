"""What the RFCs let a provider answer when it says no.

One class per OAuth error; `reason` is a stable word that says which rule was broken. It goes out as
`error_description`: it never repeats anything the caller sent.
"""

from typing import ClassVar

from panjereh_kernel.refusal import Refusal


class OAuthRefusal(Refusal):
    """A refusal with the `error` code of its RFC and the HTTP status that goes with it."""

    error: ClassVar[str]
    status: ClassVar[int] = 400

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


class InvalidRequest(OAuthRefusal):
    """RFC 6749 section 5.2: a parameter is missing, repeated, too long or not allowed."""

    code = "invalid-request"
    error = "invalid_request"


class InvalidClient(OAuthRefusal):
    """RFC 6749 section 5.2: the client did not prove who it is."""

    code = "invalid-client"
    error = "invalid_client"
    status = 401


class InvalidGrant(OAuthRefusal):
    """RFC 6749 section 5.2: the code or refresh token is unknown, used, over, or not this client's."""

    code = "invalid-grant"
    error = "invalid_grant"


class RefreshTokenMisused(InvalidGrant):
    """RFC 6749 section 5.2: a refresh token that is over, or brought by another client or with another key.

    An honest client does none of it, so it is noted with the client that tried.
    """

    code = "refresh-token-misused"

    def __init__(self, reason: str, *, client_id: str) -> None:
        super().__init__(reason)
        self.client_id = client_id


class UnsupportedGrantType(OAuthRefusal):
    """RFC 6749 section 5.2: only `authorization_code` and `refresh_token` are spoken."""

    code = "unsupported-grant-type"
    error = "unsupported_grant_type"


class UnsupportedResponseType(OAuthRefusal):
    """RFC 6749 section 4.1.2.1: only `code` is spoken."""

    code = "unsupported-response-type"
    error = "unsupported_response_type"


class InvalidScope(OAuthRefusal):
    """RFC 6749 section 5.2: `openid` is missing, or a scope is not this client's or was not granted."""

    code = "invalid-scope"
    error = "invalid_scope"


class RequestNotSupported(OAuthRefusal):
    """OpenID Connect Core section 3.1.2.6: signed request objects are not part of this profile."""

    code = "request-not-supported"
    error = "request_not_supported"


class InvalidDpopProof(OAuthRefusal):
    """RFC 9449 section 5: the proof of possession is missing, wrong, old or was used before."""

    code = "invalid-dpop-proof"
    error = "invalid_dpop_proof"


class InvalidToken(OAuthRefusal):
    """RFC 9449 section 7.1, RFC 6750 section 3.1: the access token is unknown, expired or not this key's."""

    code = "invalid-token"
    error = "invalid_token"
    status = 401


class LoginChallengeNotFound(OAuthRefusal):
    """The account plane named a challenge that is unknown, expired or answered already."""

    code = "login-challenge-not-found"
    error = "not_found"
    status = 404


class LoginNotStrongEnough(OAuthRefusal):
    """The account plane offered a weaker, older or other sign-in than the client asked for."""

    code = "login-not-strong-enough"
    error = "login_not_strong_enough"
    status = 409


class AccessDenied(OAuthRefusal):
    """The client is known but has no business at this door."""

    code = "access-denied"
    error = "access_denied"
    status = 403


class TooManyRequests(OAuthRefusal):
    """RFC 6585 section 4: the client or address called too often within a minute."""

    code = "too-many-requests"
    error = "temporarily_unavailable"
    status = 429


class BrowserCannotContinue(OAuthRefusal):
    """The browser must not be redirected, because nobody can vouch for where it would land."""

    code = "browser-cannot-continue"
    error = "invalid_request"
