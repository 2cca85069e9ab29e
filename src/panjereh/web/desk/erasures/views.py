"""Look at orders to erase a person, ask for one, and decide about what another operator asked for."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from panjereh.domain.people import api as people
from panjereh.plumbing import edge
from panjereh.plumbing.refusals import sentence_of
from panjereh.web.desk.entry.officer import Officer
from panjereh.web.desk.entry.pages import desk_page, show
from panjereh.web.desk.erasures import shown
from panjereh_kernel.actor import OfficerRole
from panjereh_kernel.refusal import NotFound

PAGE = 20
PURPOSE = "erasure-orders"
OPERATOR = OfficerRole.OPERATOR


@require_safe
@desk_page(OPERATOR)
def erasures(request: HttpRequest, who: Officer) -> HttpResponse:
    """Show the orders, the latest first, a page at a time."""
    before = _id(request.GET["before"]) if request.GET.get("before") else None
    if request.GET.get("before") and before is None:
        raise NotFound
    found = people.erasure_orders(
        actor=who.actor(purpose=PURPOSE), at=edge.now(), limit=PAGE + 1, before=before
    )
    context = {
        "rows": shown.rows(found[:PAGE]),
        "is_first": before is None,
        "older": str(found[PAGE - 1].id) if len(found) > PAGE else "",
    }
    return show(request, who, "erasures/list.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@desk_page(OPERATOR)
def new_erasure(request: HttpRequest, who: Officer) -> HttpResponse:
    """Ask who is to be erased and on what ground; another operator decides."""
    errors: dict[str, str] = {}
    order_id = _id(request.POST.get("order", "")) or edge.new_id()
    if request.method == "POST":
        errors = _ask(order_id, request, who)
        if not errors:
            return redirect("desk:erasure", order_id=order_id)
    context = {
        "errors": errors,
        "typed": request.POST,
        "order_id": order_id,
        "reasons": shown.reasons(),
    }
    return show(request, who, "erasures/new.html", context, status=422 if errors else 200)


@require_safe
@desk_page(OPERATOR)
def erasure(request: HttpRequest, who: Officer, order_id: UUID) -> HttpResponse:
    """Show who would be erased, on what ground, and who asked; another operator decides here."""
    actor, at = who.actor(purpose=PURPOSE), edge.now()
    order = people.erasure_order(order_id, actor=actor, at=at)
    names = people.order_names(order_id, actor=actor, at=at)
    context = {
        "order": shown.one(order, names, viewer=who.subject_id),
        "is_fresh": who.is_fresh(at),
    }
    return show(request, who, "erasures/order.html", context)


@require_POST
@desk_page(OPERATOR, is_grave=True)
def approve(request: HttpRequest, who: Officer, order_id: UUID) -> HttpResponse:  # noqa: ARG001 -- a form of one button
    """Approve what another operator asked for, by somebody who has just proven themself."""
    people.approve_erasure(order_id, actor=who.actor(purpose=PURPOSE), at=edge.now())
    return redirect("desk:erasure", order_id=order_id)


@require_POST
@desk_page(OPERATOR)
def refuse(request: HttpRequest, who: Officer, order_id: UUID) -> HttpResponse:  # noqa: ARG001 -- a form of one button
    """Stop an order that is not carried out."""
    people.refuse_erasure(order_id, actor=who.actor(purpose=PURPOSE), at=edge.now())
    return redirect("desk:erasure", order_id=order_id)


def _ask(order_id: UUID, request: HttpRequest, who: Officer) -> dict[str, str]:
    """Ask for an order; return what stands against it, by field."""
    subject_id, reason = _id(request.POST.get("subject", "").strip()), request.POST.get("reason", "")
    errors = {} if subject_id else {"subject": _("Type the id of the person, as the record has it.")}
    if reason not in {str(each) for each in shown.REASONS}:
        errors["reason"] = _("Choose a reason.")
    if errors or subject_id is None:
        return errors
    try:
        people.ask_erasure(
            order_id,
            subject_id=subject_id,
            reason=people.ErasureReason(reason),
            actor=who.actor(purpose=PURPOSE),
            at=edge.now(),
        )
    except NotFound:
        return {"subject": _("Nobody here has or had this id.")}
    except (people.RoleInForce, people.ErasureAskedAlready, people.OtherOperatorNeeded) as refusal:
        return {"subject": sentence_of(refusal)}
    return {}


def _id(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None
