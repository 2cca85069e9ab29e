"""One question per page, from the national number to the code. Every page may be left, repeated or reopened.

What is typed goes straight to the room `people`; a page keeps nothing. Where a sign-in stands decides which
page is next, so an old page, a second tab or a double click only leads to where things are.
"""

import datetime as dt
from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import translation
from django.views.decorators.http import require_GET, require_http_methods, require_POST, require_safe

from panjereh.domain.people import api as people
from panjereh.plumbing import edge, pages
from panjereh.plumbing.read_only import writes_on_get
from panjereh.plumbing.refusals import CookiesNeeded, sentence_of
from panjereh.web.citizen.account import consent, forms
from panjereh.web.citizen.sign_in import account_plane
from panjereh_kernel.refusal import Refusal

ACR_WE_GIVE = 1
AMR = ("otp", "sms")
BROWSER = "account_browser"
# Where a sign-in is, there its page is; `asked` depends on what is known already.
PAGES = {
    people.SignInState.CHECKING: "citizen:account_waiting",
    people.SignInState.CODE_SENT: "citizen:account_code",
    people.SignInState.ACCEPTED: "citizen:account_finish",
    people.SignInState.REFUSED: "citizen:account_finish",
}
ENDED = {people.SignInState.ACCEPTED, people.SignInState.REFUSED}


@writes_on_get
@require_GET
def begin(request: HttpRequest) -> HttpResponse:
    """Take over from the identity provider, which sends the browser here by its protocol."""
    handle = request.GET.get("login_challenge", "")
    try:
        asked = account_plane.fetch_challenge(handle)
    except account_plane.LoginChallengeNotFound:
        return _over(request)
    if asked.acr > ACR_WE_GIVE:
        return redirect(account_plane.reject(handle, "unmet_authentication_requirements"))
    request.session.setdefault(BROWSER, edge.draw_token())
    challenge_id = people.begin_sign_in(
        edge.new_id(), login_challenge=handle, visitor=_visitor(request), at=edge.now()
    )
    if asked.scopes:
        consent.remember(request.session, challenge_id, asked)
    with translation.override(asked.ui_locale):
        return redirect(reverse("citizen:account_number", args=[challenge_id]))


@require_http_methods(["GET", "HEAD", "POST"])
def number(request: HttpRequest, challenge_id: UUID) -> HttpResponse:
    """Ask for the national number."""

    def take() -> None:
        people.give_number(
            challenge_id,
            national_number=forms.read_national_number(request.POST),
            visitor=_visitor(request),
            code_id=edge.new_id(),
            code=edge.draw_code(),
            at=edge.now(),
        )

    return _question(request, challenge_id, "number", take, field="national_number", after="code")


@require_http_methods(["GET", "HEAD", "POST"])
def birth_date(request: HttpRequest, challenge_id: UUID) -> HttpResponse:
    """Ask for the birth date, of somebody without account or with a new phone."""

    def take() -> None:
        at = edge.now()
        people.give_birth_date(
            challenge_id,
            birth_date=forms.read_birth_date(request.POST, at=at),
            visitor=_visitor(request),
            at=at,
        )

    return _question(request, challenge_id, "birth_date", take, field="day", after="mobile")


@require_http_methods(["GET", "HEAD", "POST"])
def mobile(request: HttpRequest, challenge_id: UUID) -> HttpResponse:
    """Ask for the mobile, then have the registers asked."""

    def take() -> None:
        people.give_mobile(
            challenge_id,
            mobile=forms.read_mobile(request.POST),
            visitor=_visitor(request),
            subject_id=edge.new_id(),
            check_ids=(edge.new_id(), edge.new_id()),
            at=edge.now(),
        )

    return _question(request, challenge_id, "mobile", take, field="mobile", after="waiting")


@require_http_methods(["GET", "HEAD", "POST"])
def code(request: HttpRequest, challenge_id: UUID) -> HttpResponse:
    """Ask for the code."""

    def take() -> None:
        people.confirm_code(
            challenge_id,
            code=forms.read_code(request.POST),
            visitor=_visitor(request),
            account_id=edge.new_id(),
            at=edge.now(),
        )

    return _question(request, challenge_id, "code", take, field="code", after="finish")


@require_POST
def another_code(request: HttpRequest, challenge_id: UUID) -> HttpResponse:
    """Send another code; within a minute of the last one nothing happens."""
    try:
        people.resend_code(
            challenge_id,
            visitor=_visitor(request),
            code_id=edge.new_id(),
            code=edge.draw_code(),
            at=edge.now(),
        )
    except people.SignInExpired:
        return _over(request)
    except people.SignInStepImpossible:
        return _where_it_stands(request, challenge_id)
    except people.TooManyAttempts as refusal:
        return _page(request, _view(request, challenge_id), "code", field="code", refusal=refusal)
    return redirect("citizen:account_code", challenge_id=challenge_id)


@require_safe
def waiting(request: HttpRequest, challenge_id: UUID) -> HttpResponse:
    """Wait a moment for the registers, then say whom we wait for."""
    visitor = _visitor(request)

    def is_answered() -> bool:
        state = people.sign_in_state(challenge_id, visitor=visitor, at=edge.now())
        return state is not people.SignInState.CHECKING

    if edge.wait_until(is_answered):
        return _where_it_stands(request, challenge_id)
    return _page(request, _view(request, challenge_id), "waiting", field="")


@writes_on_get
@require_GET
def finish(request: HttpRequest, challenge_id: UUID) -> HttpResponse:
    """Tell the identity provider how it ended and send the browser back to it."""
    view = _view(request, challenge_id)
    if view.state not in ENDED:
        return _where_it_stands(request, challenge_id)
    wanted = consent.wanted_by(request.session, challenge_id)
    kept = _kept(request, view, wanted)
    if view.signed_in is not None and wanted is not None and kept is None:
        return redirect("citizen:account_consent", challenge_id=challenge_id)
    try:
        address = _tell(view, wanted=wanted, kept=kept)
    except account_plane.LoginChallengeNotFound:
        # Told before, or waited longer than the identity provider does.
        return _over(request)
    return HttpResponseRedirect(address)


@require_http_methods(["GET", "HEAD", "POST"])
def allow(request: HttpRequest, challenge_id: UUID) -> HttpResponse:
    """Ask the person whether a program may act for them, and tell the identity provider what they said."""
    view = _view(request, challenge_id)
    wanted = consent.wanted_by(request.session, challenge_id)
    if wanted is None or view.signed_in is None:
        return _where_it_stands(request, challenge_id)
    if request.method != "POST":
        return _ask_consent(request, challenge_id, wanted)
    try:
        if request.POST.get("answer") != "allow":
            return HttpResponseRedirect(account_plane.reject(view.login_challenge, "access_denied"))
        at = edge.now()
        kept = people.allow_program(
            challenge_id,
            consent_id=edge.new_id(),
            asked=wanted.asked(at=at),
            visitor=_visitor(request),
            at=at,
        )
        return HttpResponseRedirect(_tell(view, wanted=wanted, kept=kept))
    except (account_plane.LoginChallengeNotFound, people.SignInExpired):
        return _over(request)


def _ask_consent(request: HttpRequest, challenge_id: UUID, wanted: consent.Wanted) -> HttpResponse:
    asked = wanted.asked(at=edge.now())
    context = {"name": pages.either(asked.name), "wishes": asked.wishes, "until": asked.last_day}
    response = render(request, "account/consent.html", context)
    return consent.let_forms_end_there(request, challenge_id, response)


def _kept(
    request: HttpRequest, view: people.SignInView, wanted: consent.Wanted | None
) -> people.ConsentView | None:
    """Return what the person allowed the program before, if it is all that it wants now."""
    if view.signed_in is None or wanted is None:
        return None
    return people.kept_consent(
        view.id,
        client_id=wanted.client_id,
        scopes=wanted.scopes,
        visitor=_visitor(request),
        at=edge.now(),
    )


@require_POST
def cancel(request: HttpRequest, challenge_id: UUID) -> HttpResponse:
    """End the sign-in without signing in."""
    try:
        people.give_up_sign_in(challenge_id, visitor=_visitor(request), at=edge.now())
    except people.SignInExpired:
        return _over(request)
    except people.SignInStepImpossible:
        return _where_it_stands(request, challenge_id)
    return redirect("citizen:account_finish", challenge_id=challenge_id)


def _tell(
    view: people.SignInView,
    *,
    wanted: consent.Wanted | None = None,
    kept: people.ConsentView | None = None,
) -> str:
    if view.signed_in is None:
        return account_plane.reject(view.login_challenge, "access_denied")
    return account_plane.accept(
        view.login_challenge,
        account_id=view.signed_in.account_id,
        acr=view.signed_in.acr,
        ial=view.signed_in.ial,
        amr=AMR,
        auth_at=view.signed_in.at,
        allowed=account_plane.Allowed(wanted.scopes, kept.id, kept.valid_until) if wanted and kept else None,
    )


def _question(
    request: HttpRequest, challenge_id: UUID, page: str, take: Callable[[], None], *, field: str, after: str
) -> HttpResponse:
    """Show one question, or take its answer and go on; a refusal stands beside the field it is about."""
    view = _view(request, challenge_id)
    if view.state is people.SignInState.EXPIRED:
        return _over(request)
    if request.method != "POST":
        return _page(request, view, page, field=field) if _fits(view, page) else _to_its_page(view)
    try:
        take()
    except people.SignInExpired:
        return _over(request)
    except people.SignInStepImpossible:
        return _where_it_stands(request, challenge_id)
    except Refusal as refusal:
        return _page(request, _view(request, challenge_id), page, field=field, refusal=refusal)
    return redirect(f"citizen:account_{after}", challenge_id=challenge_id)


def _fits(view: people.SignInView, page: str) -> bool:
    """Whether a page may be shown now: going back is always possible, going ahead is not."""
    return (
        view.state not in ENDED
        and {
            "number": True,
            "birth_date": bool(view.national_number),
            "mobile": view.has_birth_date,
            "code": view.state is people.SignInState.CODE_SENT,
        }[page]
    )


def _page(
    request: HttpRequest, view: people.SignInView, page: str, *, field: str, refusal: Refusal | None = None
) -> HttpResponse:
    context: dict[str, Any] = {
        "view": view,
        "typed": request.POST if refusal else {},
        "errors": [(_field_of(refusal, field), _sentence(refusal))] if refusal else [],
        "notice": _notice(view) if page == "birth_date" and refusal is None else "",
    }
    status = refusal.status if refusal else 200
    response = render(request, f"account/{page}.html", context, status=status)
    return consent.let_forms_end_there(request, view.id, response)


def _field_of(refusal: Refusal, field: str) -> str:
    """Return the field to correct: a faulty date names which of its three."""
    return str(refusal.facts().get("field", field))


def _sentence(refusal: Refusal) -> str:
    if isinstance(refusal, people.TooManyAttempts):
        return _too_many(refusal.try_again_at)
    return sentence_of(refusal)


def _too_many(try_again_at: str) -> str:
    moment = pages.show_moment(dt.datetime.fromisoformat(try_again_at))
    return translation.gettext("refusal:too-many-attempts") % {"try_again_at": moment}


def _notice(view: people.SignInView) -> str:
    """Return why the registers' answer led back here, as the sentence of its code."""
    if not view.refusal:
        return ""
    if view.refused_until is not None:
        return _too_many(view.refused_until.isoformat())
    return translation.gettext(f"refusal:{view.refusal}")


def _view(request: HttpRequest, challenge_id: UUID) -> people.SignInView:
    return people.sign_in(challenge_id, visitor=_visitor(request), at=edge.now())


def _visitor(request: HttpRequest) -> people.Visitor:
    if BROWSER not in request.session:
        raise CookiesNeeded
    return people.Visitor(browser=request.session[BROWSER], address=edge.address_of(request))


def _where_it_stands(request: HttpRequest, challenge_id: UUID) -> HttpResponse:
    view = _view(request, challenge_id)
    return _over(request) if view.state is people.SignInState.EXPIRED else _to_its_page(view)


def _to_its_page(view: people.SignInView) -> HttpResponse:
    asked = "citizen:account_birth_date" if view.refusal else "citizen:account_number"
    return redirect(PAGES.get(view.state, asked), challenge_id=view.id)


def _over(request: HttpRequest) -> HttpResponse:
    return render(request, "account/over.html", status=people.SignInExpired.status)
