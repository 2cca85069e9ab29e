"""What every page of the desk has: an officer, a place, a role that opens it, and the frame."""

from collections.abc import Callable
from functools import wraps
from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from panjereh.domain.directory import api as directory
from panjereh.domain.people import api as people
from panjereh.plumbing import edge, pages
from panjereh.web.desk.entry import officer
from panjereh.web.desk.entry.officer import Officer
from panjereh_kernel.actor import OfficerRole, Post
from panjereh_kernel.refusal import NotFound
from panjereh_kernel.sorting import sort_key

# What stands behind request and officer is for the addresses to say.
View = Callable[..., HttpResponse]

ROLES = {
    OfficerRole.GRANTOR: gettext_noop("Grantor of roles"),
    OfficerRole.OFFICER: gettext_noop("Officer"),
    OfficerRole.OPERATOR: gettext_noop("Operator of the platform"),
}


def desk_page(needs: OfficerRole | None = None, *, is_grave: bool = False) -> Callable[[View], View]:
    """Let a view be reached by officers alone, with the role it needs at the place where they sit.

    Without the role a page is absent. A grave one sends whoever did not just prove themself to do so first.
    """

    def guard(view: View) -> View:
        @wraps(view)
        def guarded(request: HttpRequest, *arguments: Any, **named: Any) -> HttpResponse:
            answer = _answer(request, *arguments, **named)
            answer.headers["Cache-Control"] = "private, no-store"
            return answer

        def _answer(request: HttpRequest, *arguments: Any, **named: Any) -> HttpResponse:
            if settings.PANJEREH.desk_client_key_file is None:
                raise NotFound
            who = officer.find(request.session, at=edge.now())
            if who is None:
                return redirect(sign_in_path(_way_back(request)))
            if who.post is None:
                return show(request, who, "desk/no_place.html", {}, status=403)
            if needs is not None and needs not in who.post.roles:
                raise NotFound
            if is_grave and not who.is_fresh(edge.now()):
                return redirect(sign_in_path(_way_back(request), again=True))
            return view(request, who, *arguments, **named)

        return guarded

    return guard


def show(
    request: HttpRequest, who: Officer, template: str, context: dict[str, Any], *, status: int = 200
) -> HttpResponse:
    """Return a page of the desk in its frame."""
    frame = {
        "name": people.labels([who.subject_id]).get(who.subject_id, ""),
        "place": place_name(who.post) if who.post else "",
        "roles": role_names(who.post.roles) if who.post else "",
        "others": [(officer.place_of(post), place_name(post)) for post in who.posts if post is not who.post],
        "links": _links(who),
    }
    return render(request, template, {**context, "desk": frame}, status=status)


def place_name(post: Post) -> str:
    """Return an agency's name and, if there is one, its unit."""
    agency = agency_name(post.agency_id)
    if not post.unit_id:
        return agency
    return f"{agency} · {unit_names(post.agency_id).get(post.unit_id, post.unit_id)}"


def unit_names(agency_id: str) -> dict[str, str]:
    """Return the names of an agency's units by id: the headquarters first, then as the alphabet has them."""
    units = directory.units_of([agency_id]).get(agency_id, ())
    names = {unit.id: pages.either(unit.name) for unit in units}
    heads = {unit.id for unit in units if unit.kind == "headquarters"}
    return dict(sorted(names.items(), key=lambda each: (each[0] not in heads, sort_key(each[1]))))


def agency_name(agency_id: str) -> str:
    """Return an agency's name, its id once it is gone from the directory."""
    known = directory.agencies([agency_id])
    return pages.either(known[agency_id].name) if agency_id in known else agency_id


def role_names(roles: frozenset[OfficerRole]) -> str:
    """Return roles in words, always in one order."""
    return (" · ").join(_(ROLES[role]) for role in ROLES if role in roles)


def sign_in_path(following: str, *, again: bool = False) -> str:
    """Return the address of the desk's sign-in that comes back to `following`."""
    wish = {"next": following, **({"again": "1"} if again else {})}
    return f"{reverse('desk:sign_in')}?{urlencode(wish)}"


def _way_back(request: HttpRequest) -> str:
    """A form is not sent again by signing in: the way back leads to the page it stood on."""
    if request.method in ("GET", "HEAD"):
        return request.get_full_path()
    known = request.resolver_match.kwargs if request.resolver_match else {}
    ways = (
        ("grant_id", "desk:grant"),
        ("job_id", "desk:job"),
        ("order_id", "desk:erasure"),
        ("assessment_id", "desk:assessment"),
        ("proposal_id", "desk:edition"),
    )
    for keyword, page in ways:
        if keyword in known:
            return reverse(page, args=[known[keyword]])
    return reverse("desk:home")


def _links(who: Officer) -> list[tuple[str, str]]:
    roles = who.post.roles if who.post else frozenset()
    links = [
        ("desk:home", _("Overview"), roles),
        ("desk:grants", _("Roles"), {OfficerRole.GRANTOR}),
        ("desk:assessments", _("Assessments"), {OfficerRole.OFFICER, OfficerRole.OPERATOR}),
        ("desk:jobs", _("Failed jobs"), {OfficerRole.OPERATOR}),
        ("desk:erasures", _("Erasures"), {OfficerRole.OPERATOR}),
        ("desk:editions", _("Editions of indices"), {OfficerRole.OPERATOR}),
        ("desk:security", _("Security"), {OfficerRole.OPERATOR}),
    ]
    shown = [(reverse(name), words) for name, words, needed in links if roles & needed]
    return [*shown, (reverse("desk:acts"), _("My acts"))] if who.post else []
