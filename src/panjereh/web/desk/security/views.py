"""Look at signs of intrusion; record a breach, note who was told, close it."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from panjereh.domain.upkeep import api as upkeep
from panjereh.plumbing import edge
from panjereh.plumbing.refusals import sentence_of
from panjereh.web.desk.entry.officer import Officer
from panjereh.web.desk.entry.pages import desk_page, show
from panjereh.web.desk.security import forms, shown
from panjereh_kernel.actor import OfficerRole
from panjereh_kernel.persian import normalise_lines
from panjereh_kernel.refusal import NotFound

SIGNS, PAGE = 20, 10
PURPOSE = "security-upkeep"
OPERATOR = OfficerRole.OPERATOR
# A number of the database has eight bytes.
HIGHEST = 2**63 - 1


@require_safe
@desk_page(OPERATOR)
def security(request: HttpRequest, who: Officer) -> HttpResponse:
    """Show how many signs there were and the latest of them, and the breaches, a page at a time."""
    actor, at = who.actor(purpose=PURPOSE), edge.now()
    found = upkeep.breaches(actor=actor, at=at, limit=PAGE + 1, before=_before(request))
    context = {
        "counts": shown.counts(upkeep.count_signs(actor=actor, at=at)),
        "signs": shown.signs(upkeep.latest_signs(actor=actor, at=at, limit=SIGNS)),
        "breaches": shown.breaches(found[:PAGE], at=at),
        "is_first": "before" not in request.GET,
        "older": str(found[PAGE - 1].number) if len(found) > PAGE else "",
    }
    return show(request, who, "security/overview.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@desk_page(OPERATOR)
def new_breach(request: HttpRequest, who: Officer) -> HttpResponse:
    """Ask what got out and when it was noticed; from then on the clocks of the notices run."""
    at = edge.now()
    errors: dict[str, str] = {}
    if request.method == "POST":
        told, errors = forms.read_breach(request.POST, at=at)
        if told is not None:
            try:
                number = upkeep.record_breach(
                    _form_id(request),
                    noticed_at=told.noticed_at,
                    exposure=told.exposure,
                    people_count=told.people_count,
                    what=told.what,
                    actor=who.actor(purpose=PURPOSE),
                    at=at,
                )
            except upkeep.BreachTimeWrong as refusal:
                errors = {"hours": sentence_of(refusal)}
            else:
                return redirect("desk:breach", number=number)
    context = {
        "errors": errors,
        "typed": request.POST,
        "form_id": _form_id(request),
        "exposures": shown.exposures(),
        "most": upkeep.MOST_LETTERS,
    }
    return show(request, who, "security/new.html", context, status=422 if errors else 200)


@require_safe
@desk_page(OPERATOR)
def breach(request: HttpRequest, who: Officer, number: int) -> HttpResponse:
    """Show one breach, who must be told until when, and what is left to do."""
    return _one(request, who, number)


@require_POST
@desk_page(OPERATOR)
def settle_notice(request: HttpRequest, who: Officer, number: int) -> HttpResponse:
    """Note that somebody was told, or need not be."""
    try:
        whom = upkeep.Whom(request.POST.get("whom", ""))
        outcome = upkeep.Outcome(request.POST.get("outcome", ""))
    except ValueError as error:
        raise NotFound from error
    actor = who.actor(purpose=PURPOSE)
    upkeep.settle_notice(_known(number), whom=whom, outcome=outcome, actor=actor, at=edge.now())
    return redirect("desk:breach", number=number)


@require_POST
@desk_page(OPERATOR)
def close_breach(request: HttpRequest, who: Officer, number: int) -> HttpResponse:
    """Close a breach with what was changed so that it does not come again."""
    changed = normalise_lines(request.POST.get("changed", "")).strip()
    if not 0 < len(changed) <= upkeep.MOST_LETTERS:
        return _one(request, who, number, error=_("Write what was changed, without names."))
    actor = who.actor(purpose=PURPOSE)
    upkeep.close_breach(_known(number), changed=changed, actor=actor, at=edge.now())
    return redirect("desk:breach", number=number)


def _one(request: HttpRequest, who: Officer, number: int, *, error: str = "") -> HttpResponse:
    at = edge.now()
    found, notices = upkeep.breach(_known(number), actor=who.actor(purpose=PURPOSE), at=at)
    context = {
        "breach": shown.breach(found),
        "notices": shown.notices(notices, at=at),
        "may_close": found.closed_at is None and all(each.outcome for each in notices),
        "typed": request.POST.get("changed", ""),
        "error": error,
        "most": upkeep.MOST_LETTERS,
    }
    return show(request, who, "security/breach.html", context, status=422 if error else 200)


def _form_id(request: HttpRequest) -> UUID:
    """Drawn with the form: pressing its button twice records one breach."""
    try:
        return UUID(request.POST.get("form", ""))
    except ValueError:
        return edge.new_id()


def _before(request: HttpRequest) -> int | None:
    text = request.GET.get("before")
    if text is None:
        return None
    if not (text.isascii() and text.isdigit() and len(text) <= len(str(HIGHEST))):
        raise NotFound
    return _known(int(text))


def _known(number: int) -> int:
    """Return a number the database may have given. Raises `NotFound`."""
    if number > HIGHEST:
        raise NotFound
    return number
