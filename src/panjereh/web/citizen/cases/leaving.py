"""The way out of a case: say what it means, ask once, do it."""

from contextlib import suppress
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from panjereh.domain.casework import api as casework
from panjereh.domain.catalogue import api as catalogue
from panjereh.plumbing import edge, pages
from panjereh.web.citizen.sign_in.addresses import sign_in_path
from panjereh_kernel.actor import Role


@require_http_methods(["GET", "HEAD", "POST"])
def withdraw(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """Ask whether somebody really wants to withdraw, and withdraw."""
    actor = edge.actor_of(request)
    if actor.role is Role.ANONYMOUS:
        return redirect(sign_in_path(reverse("citizen:withdraw", args=[case_id])))
    if request.method == "POST":
        # A double click, or decided a moment ago: the case page says where it stands now.
        with suppress(casework.CaseStepImpossible):
            casework.withdraw_case(
                case_id, act_id=edge.new_id(), message_id=edge.new_id(), actor=actor, at=edge.now()
            )
        return redirect("citizen:case", case_id=case_id)
    view = casework.case(case_id, actor=actor)
    if not view.can_withdraw:
        return redirect("citizen:case", case_id=case_id)
    pack = catalogue.pack(view.service_id, view.pack_version)
    return render(request, "cases/withdraw.html", {"case": view, "title": pages.either(pack.title)})
