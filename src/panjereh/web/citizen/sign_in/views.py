"""Sign in, come back, sign out: translate the request, and show a plain page when it did not work."""

from urllib.parse import urlencode

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import translation
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from panjereh.plumbing import edge
from panjereh.plumbing.headers import leaves_nothing
from panjereh.plumbing.read_only import writes_on_get
from panjereh.plumbing.refusals import sentence_of
from panjereh.web.citizen.sign_in import arrival, departure, provider, starts
from panjereh.web.citizen.sign_in.addresses import callback_url, first_page
from panjereh_kernel.refusal import Refusal


@never_cache
@writes_on_get
@require_http_methods(["GET", "POST"])
def sign_in(request: HttpRequest) -> HttpResponse:
    """Send the browser to the identity provider.

    `next` is a path of this site to go to afterwards, `acr` the level a page needs ("2"), `again` asks for
    a fresh proof although the person is signed in.
    """
    wanted = departure.read_wish(request.GET if request.method == "GET" else request.POST)
    if departure.is_granted(request.session, wanted):
        return redirect(wanted.next_path)
    start = departure.new_start(wanted, at=edge.now())
    try:
        state, address = departure.leave(
            start,
            language=translation.get_language() or "fa",
            party=provider.portal(),
            redirect_uri=callback_url(),
        )
    except provider.SignInUnavailable as refusal:
        return _could_not(request, refusal, wanted.next_path)
    starts.remember(request.session, state, start)
    return redirect(address)


@never_cache
@writes_on_get
@require_GET
def callback(request: HttpRequest) -> HttpResponse:
    """Take the browser back from the identity provider and begin its session.

    A return that is unknown, too old or comes a second time changes nothing: whoever is signed in goes on,
    everybody else may start again.
    """
    start = starts.take(request.session, request.GET.get("state", ""), at=edge.now())
    if start is None and "account_id" in request.session:
        return redirect(first_page())
    try:
        arrival.arrive(request.session, request.GET, start, redirect_uri=callback_url())
    except Refusal as refusal:
        return _could_not(request, refusal, start.next_path if start else first_page())
    return redirect(start.next_path if start else first_page())


@never_cache
@require_POST
@leaves_nothing
def sign_out(request: HttpRequest) -> HttpResponse:
    """End the session here, then at the identity provider; come back to the first page in this language."""
    id_token = request.session.get("id_token")
    request.session.flush()
    if id_token is None:
        return redirect(first_page())
    try:
        endpoint = provider.metadata().endpoints["end_session_endpoint"]
    except provider.SignInUnavailable:
        # Here the person is out; there the session lives on until it runs out, and the page says so.
        return render(request, "sign_in/half_signed_out.html", status=503)
    environment = settings.PANJEREH
    hint = {
        "id_token_hint": id_token,
        "client_id": environment.portal_client_id,
        "post_logout_redirect_uri": f"{environment.public_url}{first_page()}",
    }
    return redirect(f"{endpoint}?{urlencode(hint)}")


def _could_not(request: HttpRequest, refusal: Refusal, next_path: str) -> HttpResponse:
    context = {
        "refusal": refusal,
        "sentence": sentence_of(refusal),
        "next_path": next_path,
    }
    return render(request, "sign_in/could_not.html", context, status=refusal.status)
