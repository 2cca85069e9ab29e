"""A refusal becomes an answer: a page for people, RFC 9457 problem details for programs."""

import logging
import sys
from collections.abc import Callable
from http import HTTPStatus
from typing import TypeVar

from django.contrib.sessions.backends.db import SessionStore
from django.core.exceptions import RequestDataTooBig, TooManyFieldsSent, TooManyFilesSent
from django.db import InterfaceError, OperationalError
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils import translation
from django.utils.translation import gettext as _

from panjereh.plumbing.pages import digits
from panjereh_kernel import metering
from panjereh_kernel.refusal import NotFound, Refusal

log = logging.getLogger(__name__)
Answer = TypeVar("Answer", bound=HttpResponse)
RETRY_AFTER_SECONDS = 30


class MethodNotAllowed(Refusal):
    """The address is answered, but not when it is asked in this way."""

    code = "method-not-allowed"
    status = HTTPStatus.METHOD_NOT_ALLOWED


class RequestTooLarge(Refusal):
    """More was sent than any page takes."""

    code = "request-too-large"
    status = HTTPStatus.REQUEST_ENTITY_TOO_LARGE


class RequestUnreadable(Refusal):
    """What was sent is not what a browser sends."""

    code = "request-unreadable"
    status = HTTPStatus.BAD_REQUEST


class CsrfMissing(Refusal):
    """The form is too old or came from elsewhere."""

    code = "form-out-of-date"
    status = HTTPStatus.FORBIDDEN


class CookiesNeeded(Refusal):
    """The browser brought back nothing it was given: it keeps no cookies, or another one began this.

    As an absent thing is answered: who brings nothing learns nothing.
    """

    code = "cookies-needed"
    status = HTTPStatus.NOT_FOUND


class DatabaseAway(Refusal):
    """The database does not answer, or not in time. What was being sent may have been saved or not."""

    code = "database-away"
    status = HTTPStatus.SERVICE_UNAVAILABLE


class RefusalsToAnswers:
    """Middleware: render what a view did not explain itself."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer; an address asked in the wrong way gets a page too, with the ways it allows."""
        response = self.get_response(request)
        if response.status_code != HTTPStatus.METHOD_NOT_ALLOWED or response.content:
            return response
        explained = answer(request, MethodNotAllowed())
        explained.headers["Allow"] = response.headers["Allow"]
        return explained

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """Turn a refusal into its answer; leave a bug to be logged and answered with 500."""
        if isinstance(exception, Http404):
            exception = NotFound()
        return answer(request, exception) if isinstance(exception, Refusal) else None


def answer(request: HttpRequest, refusal: Refusal) -> HttpResponse:
    """Return the page or the problem details of a refusal."""
    metering.refusals.labels(refusal.code).inc()
    if wants_json(request):
        return problem_details(refusal)
    return _with_patience(_page_of(request, refusal), refusal)


def _page_of(request: HttpRequest, refusal: Refusal) -> HttpResponse:
    context = {
        "refusal": refusal,
        "sentence": sentence_of(refusal),
        "kind": _look_of(refusal),
        "saved": _saved(refusal),
    }
    return render(request, _page("refusal.html", request), context, status=refusal.status)


def _saved(refusal: Refusal) -> str:
    saved = _("Nothing was changed. What you saved before is still there.")
    if not isinstance(refusal, CsrfMissing | CookiesNeeded):
        return saved
    # Whoever keeps no cookies comes back to this page for ever and must be told why.
    remedy = _("If this page comes again, allow cookies for this address and begin anew.")
    return f"{saved} {remedy}"


def _page(name: str, request: HttpRequest) -> str:
    """Return the page of a part of the site with a frame of its own; what fails earlier gets the window's."""
    return f"{getattr(request, 'own_pages', '')}{name}"


def _look_of(refusal: Refusal) -> str:
    """Return how the page looks: nothing here, wait, or no."""
    looks = {
        HTTPStatus.NOT_FOUND: "empty",
        HTTPStatus.SERVICE_UNAVAILABLE: "wait",
        HTTPStatus.TOO_MANY_REQUESTS: "wait",
    }
    return looks.get(HTTPStatus(refusal.status), "failed")


def sentence_of(refusal: Refusal) -> str:
    """Return the sentence a person reads, from the message catalogue by code; numbers in its digits."""
    facts = {name: digits(fact) if type(fact) is int else fact for name, fact in refusal.facts().items()}
    return _("refusal:" + refusal.code) % facts


def _with_patience(response: Answer, refusal: Refusal) -> Answer:
    """Say when to come again, where a refusal knows it."""
    if refusal.status != HTTPStatus.TOO_MANY_REQUESTS:
        return response
    minutes = refusal.facts().get("minutes")
    seconds = getattr(refusal, "retry_after_s", minutes * 60 if isinstance(minutes, int) else None)
    if seconds is not None:
        response.headers["Retry-After"] = str(seconds)
    return response


def problem_details(refusal: Refusal) -> JsonResponse:
    """Return RFC 9457 problem details: programs switch on `code`, never on the text."""
    body = {
        "type": f"urn:panjereh:refusal:{refusal.code}",
        "title": sentence_of(refusal),
        "status": refusal.status,
        "code": refusal.code,
        **refusal.facts(),
    }
    response = JsonResponse(
        body,
        status=refusal.status,
        content_type="application/problem+json",
        json_dumps_params={"ensure_ascii": False},
    )
    return _with_patience(response, refusal)


def wants_json(request: HttpRequest) -> bool:
    """Whether the caller is a program."""
    return request.path.startswith("/api/") or not request.accepts("text/html")


def csrf_failed(request: HttpRequest, reason: str = "") -> HttpResponse:  # noqa: ARG001 -- Django's signature
    """Answer a form whose token is missing or stale."""
    return answer(request, CsrfMissing())


def page_not_found(request: HttpRequest, exception: Exception) -> HttpResponse:  # noqa: ARG001 -- Django's signature
    """Answer an address that leads nowhere."""
    return answer(request, NotFound())


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Answer what no page can read, or what is more than any page takes."""
    is_large = isinstance(exception, RequestDataTooBig | TooManyFieldsSent | TooManyFilesSent)
    return answer(request, RequestTooLarge() if is_large else RequestUnreadable())


def server_error(request: HttpRequest) -> HttpResponse:
    """Answer a bug: nothing about it is shown, everything about it is in the log.

    A database that is away is no bug. Django calls this while it handles the exception, wherever it arose.
    """
    if isinstance(sys.exception(), (OperationalError, InterfaceError)):
        return _away(request)
    if wants_json(request):
        return _problem_of_a_bug(request)
    with _language_of(request):
        return render(request, _page("broken.html", request), status=500)


def _problem_of_a_bug(request: HttpRequest) -> JsonResponse:
    with _language_of(request):
        title = _("This page is broken")
    body = {"type": "urn:panjereh:refusal:internal-error", "title": title, "status": 500}
    return JsonResponse(
        body | {"code": "internal-error"},
        status=500,
        content_type="application/problem+json",
        json_dumps_params={"ensure_ascii": False},
    )


def _language_of(request: HttpRequest) -> translation.override:
    """Speak as the address asks: what fails early fails before the language of the page is known."""
    return translation.override(translation.get_language_from_request(request, check_path=True))


def _away(request: HttpRequest) -> HttpResponse:
    refusal = DatabaseAway()
    if wants_json(request):
        page: HttpResponse = problem_details(refusal)
    else:
        # Whose session it is stands in the database that is away: the page is as for somebody unknown.
        session = getattr(request, "session", None)
        request.session = _Unread(session.session_key if session else None)
        with _language_of(request):
            context = {"refusal": refusal, "sentence": sentence_of(refusal)}
            page = render(request, _page("away.html", request), context, status=refusal.status)
    page["Retry-After"] = str(RETRY_AFTER_SECONDS)
    return page


class _Unread(SessionStore):
    """A session that nobody can read now. It keeps its key, or its middleware would sign the person out."""

    def load(self) -> dict[str, object]:
        return {}
