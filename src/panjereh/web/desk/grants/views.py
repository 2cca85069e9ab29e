"""Look at roles, ask for one, decide about what another asked for, and end one."""

from collections.abc import Callable, Mapping
from typing import Any
from uuid import UUID

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from panjereh.domain.people import api as people
from panjereh.plumbing import edge
from panjereh.plumbing.refusals import sentence_of
from panjereh.web.desk.entry.officer import Officer
from panjereh.web.desk.entry.pages import ROLES, desk_page, place_name, show, unit_names
from panjereh.web.desk.grants import forms, shown
from panjereh_kernel import jalali
from panjereh_kernel.actor import Actor, OfficerRole, Post
from panjereh_kernel.refusal import NotFound

PAGE = 20
PURPOSE = "officer-grants"
GRANTOR = OfficerRole.GRANTOR


@require_safe
@desk_page(GRANTOR)
def grants(request: HttpRequest, who: Officer) -> HttpResponse:
    """Show the roles at the officer's agency, the latest first, a page at a time."""
    actor, at = who.actor(purpose=PURPOSE), edge.now()
    only_waiting = request.GET.get("only") == "waiting"
    before = _place(request.GET.get("before", ""))
    found = people.grants_at(actor=actor, at=at, limit=PAGE + 1, before=before, only_waiting=only_waiting)
    page = found[:PAGE]
    names = people.officer_names({row.holder_id for row in page}, actor=actor, at=at)
    context = {
        "rows": shown.rows(page, names),
        "only_waiting": only_waiting,
        "is_first": before is None,
        "older": str(page[-1].id) if len(found) > PAGE else "",
    }
    return show(request, who, "grants/list.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@desk_page(GRANTOR)
def new_grant(request: HttpRequest, who: Officer) -> HttpResponse:
    """Ask who is to hold which role where and how long; another grantor decides."""
    post = _post_of(who)
    offered, units = _offered(post), unit_names(post.agency_id)
    errors: dict[str, str] = {}
    if request.method == "POST":
        wish, errors = forms.read_wish(request.POST, agency_id=post.agency_id, roles=dict(offered))
        if wish is not None:
            grant_id = _grant_id(request)
            errors = _request(grant_id, wish, who)
            if not errors:
                return redirect("desk:grant", grant_id=grant_id)
    context = {
        "errors": errors,
        "typed": request.POST,
        "grant_id": _grant_id(request),
        "roles": offered,
        "units": list(units.items()),
        "last_day": forms.date_fields(request.POST, today=jalali.tehran_date(edge.now())),
        "faulty_date": next((field for field in forms.DATE if field in errors), ""),
        "place": place_name(post),
    }
    return show(request, who, "grants/new.html", context, status=422 if errors else 200)


@require_safe
@desk_page(GRANTOR)
def grant(request: HttpRequest, who: Officer, grant_id: UUID) -> HttpResponse:
    """Show what is or would be given, and what happened; whoever may decides here."""
    actor, at = who.actor(purpose=PURPOSE), edge.now()
    row = people.grant(grant_id, actor=actor, at=at)
    acts = people.grant_acts(grant_id, actor=actor, at=at)
    ids = {row.holder_id} | {act.by_subject_id for act in acts if act.by_subject_id}
    names = people.officer_names(ids, actor=actor, at=at)
    context = {
        "grant": shown.one(row, names, viewer=who.subject_id),
        "timeline": shown.timeline(acts, names),
        "is_fresh": who.is_fresh(at),
    }
    return show(request, who, "grants/grant.html", context)


@require_POST
@desk_page(GRANTOR, is_grave=True)
def approve(request: HttpRequest, who: Officer, grant_id: UUID) -> HttpResponse:  # noqa: ARG001 -- a form of one button
    """Let what another asked for hold, by somebody who has just proven themself."""
    people.approve_grant(grant_id, act_id=edge.new_id(), actor=who.actor(purpose=PURPOSE), at=edge.now())
    return redirect("desk:grant", grant_id=grant_id)


@require_http_methods(["GET", "HEAD", "POST"])
@desk_page(GRANTOR)
def refuse(request: HttpRequest, who: Officer, grant_id: UUID) -> HttpResponse:
    """Ask why a request is refused; with the reason, refuse it."""

    def say_no(reason: str, actor: Actor) -> None:
        people.refuse_grant(
            grant_id,
            reason=people.RefuseReason(reason),
            act_id=edge.new_id(),
            actor=actor,
            at=edge.now(),
        )

    words = {"title": _("Why is the request refused?"), "button": _("Refuse the request"), "kind": "refuse"}
    return _with_reason(request, who, grant_id, shown.REFUSE_REASONS, say_no, words)


@require_http_methods(["GET", "HEAD", "POST"])
@desk_page(GRANTOR)
def revoke(request: HttpRequest, who: Officer, grant_id: UUID) -> HttpResponse:
    """Ask why a role ends now; with the reason, end it."""

    def end(reason: str, actor: Actor) -> None:
        people.revoke_grant(
            grant_id,
            reason=people.RevokeReason(reason),
            act_id=edge.new_id(),
            actor=actor,
            at=edge.now(),
        )

    words = {"title": _("Why does the role end now?"), "button": _("Revoke the role"), "kind": "revoke"}
    return _with_reason(request, who, grant_id, shown.REVOKE_REASONS, end, words)


def _with_reason(
    request: HttpRequest,
    who: Officer,
    grant_id: UUID,
    reasons: Mapping[Any, str],
    end: Callable[[str, Actor], None],
    words: Mapping[str, str],
) -> HttpResponse:
    actor, at = who.actor(purpose=PURPOSE), edge.now()
    row = people.grant(grant_id, actor=actor, at=at)
    reason = request.POST.get("reason", "")
    if request.method == "POST" and reason in {str(each) for each in reasons}:
        end(reason, actor)
        return redirect("desk:grant", grant_id=grant_id)
    names = people.officer_names([row.holder_id], actor=actor, at=at)
    error = _("Choose a reason.") if request.method == "POST" else ""
    context = {
        "grant": shown.one(row, names, viewer=who.subject_id),
        "reasons": shown.options(reasons),
        "error": error,
        "words": words,
    }
    return show(request, who, "grants/reason.html", context, status=422 if error else 200)


def _request(grant_id: UUID, wish: forms.Wish, who: Officer) -> dict[str, str]:
    """Ask for a role; return what stands against it, by field."""
    try:
        people.request_grant(
            grant_id,
            national_number=wish.national_number,
            post=wish.post,
            last_day=wish.last_day,
            operating_agency=_operating_agency(),
            actor=who.actor(purpose=PURPOSE),
            at=edge.now(),
        )
    except (people.HolderWithoutAccount, people.NotOverOneself, people.GrantHeldAlready) as refusal:
        return {"national_number": sentence_of(refusal)}
    except people.UnitNotThere as refusal:
        return {"unit": sentence_of(refusal)}
    except people.GrantPeriodWrong as refusal:
        return {"day": sentence_of(refusal)}
    return {}


def _offered(post: Post) -> list[tuple[str, str]]:
    """Return the roles that can be held at the officer's agency."""
    is_operating = post.agency_id == _operating_agency()
    held = {role: words for role, words in ROLES.items() if role is not OfficerRole.OPERATOR or is_operating}
    return shown.options(held)


def _operating_agency() -> str:
    """The agency that runs the platform: the member as which it asks over the exchange."""
    return str(settings.PANJEREH.exchange_client).split("/")[2]


def _post_of(who: Officer) -> Post:
    if who.post is None:
        raise NotFound
    return who.post


def _grant_id(request: HttpRequest) -> UUID:
    """Drawn with the form: pressing its button twice makes one request."""
    try:
        return UUID(request.POST.get("grant", ""))
    except ValueError:
        return edge.new_id()


def _place(text: str) -> UUID | None:
    try:
        return UUID(text) if text else None
    except ValueError as error:
        raise NotFound from error
