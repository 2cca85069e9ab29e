"""What a caller is told who may not read a person's own things, as RFC 6750 and RFC 9449 put it."""

from http import HTTPStatus
from typing import ClassVar

from panjereh.plumbing.client_keys import ALGORITHM
from panjereh_kernel.refusal import Refusal


class TokenRefusal(Refusal):
    """A refusal that says in `WWW-Authenticate` what is wanted. `error` is the RFC's word, "" for none."""

    status = HTTPStatus.UNAUTHORIZED
    error: ClassVar[str] = ""

    def challenge(self, scope: str) -> str:
        """Return the header's value for an operation that wants this scope."""
        error = f'error="{self.error}", ' if self.error else ""
        return f'DPoP {error}algs="{ALGORITHM}", scope="{scope}"'


class TokenMissing(TokenRefusal):
    """What is somebody's own is told to a program they allowed it: send `Authorization: DPoP …`."""

    code = "access-token-missing"


class TokenNotGood(TokenRefusal):
    """The token is unknown, over or meant for another, or its person took back what they allowed."""

    code = "access-token-not-good"
    error = "invalid_token"


class ProofNotGood(TokenRefusal):
    """The `DPoP` proof is missing, was used before, or is not of this request, this token and its key."""

    code = "token-proof-not-good"
    error = "invalid_dpop_proof"


class ScopeMissing(TokenRefusal):
    """The person did not allow the program this."""

    code = "scope-missing"
    status = HTTPStatus.FORBIDDEN
    error = "insufficient_scope"


class TokensUnreadable(Refusal):
    """The identity provider does not answer, so no token can be looked at. Try again."""

    code = "access-tokens-unreadable"
    status = HTTPStatus.SERVICE_UNAVAILABLE
