"""What may be an intrusion, seen from the answers: noted once for each asker and window, and counted.

Only answers that refuse are looked at, so an ordinary request costs nothing. An asker is an account where one
is known, else a network address, of which only a mark is kept and nothing is written down.
"""

from collections.abc import Callable, Mapping
from http import HTTPStatus
from typing import TYPE_CHECKING, Final
from uuid import UUID

from django.conf import settings
from django.http import HttpRequest, HttpResponse

from panjereh.domain.upkeep import api as upkeep
from panjereh.plumbing import edge, limits, metrics

if TYPE_CHECKING:
    from panjereh.plumbing.policies import Policy

TYPING_CODES: Final = "citizen:account_code"
REFUSED: Final = (HTTPStatus.FORBIDDEN, HTTPStatus.NOT_FOUND)


class SignsOfIntrusion:
    """Middleware: note who goes over a limit, reaches again and again for what is not theirs, or guesses."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response
        self.table: Mapping[str, Policy] = settings.SIGNS

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer, then note what the answer tells."""
        response = self.get_response(request)
        sign = _sign_in(request, response)
        if sign is not None:
            self._note(sign, request)
        return response

    def _note(self, sign: upkeep.Sign, request: HttpRequest) -> None:
        at, account = edge.now(), edge.account_of(request)
        if not limits.is_first_over(self.table[sign], account or edge.address_of(request), at=at):
            return
        upkeep.note_sign(sign, route=_route(request), account_id=UUID(account) if account else None, at=at)
        metrics.signs.labels(sign.value).inc()


def _sign_in(request: HttpRequest, response: HttpResponse) -> upkeep.Sign | None:
    status, route = response.status_code, _route(request)
    if status == HTTPStatus.TOO_MANY_REQUESTS:
        return upkeep.Sign.LIMIT
    if status == HTTPStatus.UNAUTHORIZED and route.startswith("rest:"):
        return upkeep.Sign.TOKENS
    if status == HTTPStatus.UNPROCESSABLE_ENTITY and route == TYPING_CODES:
        return upkeep.Sign.CODES
    # An address that is of no page is a slip; one of a page, by somebody known, is a try.
    if status in REFUSED and route and edge.account_of(request):
        return upkeep.Sign.REFUSED
    return None


def _route(request: HttpRequest) -> str:
    match = request.resolver_match
    return match.view_name if match else ""
