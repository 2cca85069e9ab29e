"""Sign in at the desk, come back, sit elsewhere, sign out."""

from urllib.parse import urlencode

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import translation
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from panjereh.plumbing import edge
from panjereh.plumbing.headers import leaves_nothing
from panjereh.plumbing.read_only import writes_on_get
from panjereh.plumbing.refusals import sentence_of
from panjereh.web.citizen.sign_in import arrival, departure, provider, starts
from panjereh.web.citizen.sign_in.addresses import first_page, safe_path
from panjereh.web.desk.entry import officer
from panjereh.web.desk.entry.cookies import DESK_PATHS
from panjereh.web.desk.entry.pages import desk_page
from panjereh_kernel.refusal import NotFound, Refusal


@never_cache
@writes_on_get
@require_http_methods(["GET", "POST"])
def sign_in(request: HttpRequest) -> HttpResponse:
    """Send the browser to the identity provider, as the desk: at least the level that the desk asks for."""
    party = _party()
    typed = request.GET if request.method == "GET" else request.POST
    wish = departure.Wish(
        next_path=_desk_path(typed.get("next", "")),
        acr=settings.PANJEREH.desk_acr,
        is_fresh="again" in typed,
    )
    if not wish.is_fresh and officer.find(request.session, at=edge.now()) is not None:
        return redirect(wish.next_path)
    start = departure.new_start(wish, at=edge.now())
    try:
        state, address = departure.leave(
            start, language=translation.get_language() or "fa", party=party, redirect_uri=callback_url()
        )
    except provider.SignInUnavailable as refusal:
        return _could_not(request, refusal, wish.next_path)
    starts.remember(request.session, state, start)
    return redirect(address)


@never_cache
@writes_on_get
@require_GET
def callback(request: HttpRequest) -> HttpResponse:
    """Take the browser back and begin the session of the desk. Who sits where is read afterwards."""
    party = _party()
    start = starts.take(request.session, request.GET.get("state", ""), at=edge.now())
    if start is None and officer.KEY in request.session:
        return redirect("desk:home")
    following = start.next_path if start else reverse("desk:home")
    try:
        proven = arrival.prove(request.GET, start, party=party, redirect_uri=callback_url())
    except Refusal as refusal:
        return _could_not(request, refusal, following)
    officer.begin(request.session, proven, at=edge.now())
    return redirect(following)


@require_POST
@desk_page()
def sit_elsewhere(request: HttpRequest, who: officer.Officer) -> HttpResponse:
    """Go on at another place the officer holds. Raises `NotFound` for one they do not."""
    wanted = request.POST.get("place", "")
    post = next((each for each in who.posts if officer.place_of(each) == wanted), None)
    if post is None:
        raise NotFound
    officer.sit(request.session, post)
    return redirect("desk:home")


@never_cache
@require_POST
@leaves_nothing
def sign_out(request: HttpRequest) -> HttpResponse:
    """End the session here, then at the identity provider."""
    party = _party()
    kept = request.session.get(officer.KEY)
    request.session.flush()
    if kept is None:
        return redirect(first_page())
    try:
        endpoint = provider.metadata().endpoints["end_session_endpoint"]
    except provider.SignInUnavailable:
        return render(request, "desk/half_signed_out.html", status=503)
    hint = {
        "id_token_hint": kept["id_token"],
        "client_id": party.client_id,
        "post_logout_redirect_uri": f"{settings.PANJEREH.public_url}{first_page()}",
    }
    return redirect(f"{endpoint}?{urlencode(hint)}")


def callback_url() -> str:
    """Return the one registered return address of the desk: the same in every language."""
    with translation.override(settings.LANGUAGE_CODE):
        return str(settings.PANJEREH.public_url + reverse("desk:sign_in_callback"))


def _party() -> provider.RelyingParty:
    environment = settings.PANJEREH
    if environment.desk_client_key_file is None:
        raise NotFound
    return provider.RelyingParty(environment.desk_client_id, environment.desk_client_key_file)


def _desk_path(wanted: str) -> str:
    path = safe_path(wanted)
    return path if path.startswith(DESK_PATHS) else reverse("desk:home")


def _could_not(request: HttpRequest, refusal: Refusal, next_path: str) -> HttpResponse:
    context = {"refusal": refusal, "sentence": sentence_of(refusal), "next_path": next_path}
    return render(request, "desk/could_not.html", context, status=refusal.status)
