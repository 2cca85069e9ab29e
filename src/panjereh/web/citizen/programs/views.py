"""The list of what a person allowed programs, and the page that takes one of them back."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from panjereh.domain.audit import api as audit
from panjereh.domain.people import api as people
from panjereh.plumbing import edge, pages
from panjereh.web.citizen.programs import shown
from panjereh.web.citizen.sign_in.addresses import sign_in_path
from panjereh_kernel.actor import Actor, Role


@require_safe
def programs(request: HttpRequest) -> HttpResponse:
    """Show what each program may do, since when, until when, and when it last read something."""
    actor = edge.actor_of(request)
    if actor.role is Role.ANONYMOUS:
        return redirect(sign_in_path(request.get_full_path()))
    consents = people.consents_of(actor=actor, at=edge.now())
    readings = audit.last_readings(shown.purposes(consents.live), actor=actor) if consents.live else {}
    context = {
        "live": [shown.program(each, readings) for each in consents.live],
        "past": [shown.past(each) for each in consents.past],
        # A token may still be called live by who looks at it elsewhere: the person is not told otherwise.
        "is_untold": any(each.end and not each.is_end_told for each in consents.past),
    }
    return render(request, "programs/list.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def take_back(request: HttpRequest, consent_id: UUID) -> HttpResponse:
    """Say what taking it back means, ask once, do it."""
    actor = edge.actor_of(request)
    if actor.role is Role.ANONYMOUS:
        return redirect(sign_in_path(request.get_full_path()))
    if request.method == "POST":
        people.take_back_consent(consent_id, actor=actor, at=edge.now())
        edge.wait_until(lambda: _is_told(consent_id, actor))
        return redirect("citizen:programs")
    one = people.consent(consent_id, actor=actor, at=edge.now())
    if not one.is_live:
        return redirect("citizen:programs")
    return render(request, "programs/take_back.html", {"name": pages.either(one.name)})


def _is_told(consent_id: UUID, actor: Actor) -> bool:
    """Whether the identity provider calls no token of this consent live any more."""
    return people.consent(consent_id, actor=actor, at=edge.now()).is_end_told
