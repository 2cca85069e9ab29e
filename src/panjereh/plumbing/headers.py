"""The headers every answer carries, pages, files and refusals alike: written here and nowhere else.

A view may ask for a stricter policy of its own, such as a sandbox round a file; what it sets stands.
"""

from collections.abc import Callable, Mapping
from functools import wraps
from typing import Any, Final

from django.http import HttpRequest, HttpResponse

PAGE_POLICY: Final = (
    "default-src 'none'; style-src 'self'; font-src 'self'; img-src 'self' data:; script-src 'self'; "
    "form-action 'self' {idp}; base-uri 'none'; frame-ancestors 'none'"
)
# A file of the front end is used by a page and is none: opened by itself it runs nothing.
FILE_POLICY: Final = "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
NO_DEVICES: Final = (
    "accelerometer=(), autoplay=(), browsing-topics=(), camera=(), display-capture=(), encrypted-media=(), "
    "fullscreen=(), geolocation=(), gyroscope=(), magnetometer=(), microphone=(), midi=(), payment=(), "
    "picture-in-picture=(), publickey-credentials-get=(), screen-wake-lock=(), serial=(), usb=()"
)
A_YEAR_S: Final = 31_536_000
# GAP: whether subdomains are bound too is for the operator's proxy to say: not all of them may be ours.
TLS_ALWAYS: Final = f"max-age={A_YEAR_S}"


# Cookies are not named: those of the other side, window or desk, are not ours to end.
LEFT_BEHIND: Final = '"cache", "storage"'


def leaves_nothing(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Mark a view that ends a session: the browser is told to forget what it kept of this site."""

    @wraps(view)
    def forgetting(request: HttpRequest, *arguments: Any, **named: Any) -> HttpResponse:
        response = view(request, *arguments, **named)
        response.headers["Clear-Site-Data"] = LEFT_BEHIND
        return response

    return forgetting


def fixed_headers(policy: str, *, is_https: bool) -> dict[str, str]:
    """Return what every answer carries under a content policy; over HTTPS also that it stays so."""
    headers = {
        "Content-Security-Policy": policy,
        "X-Content-Type-Options": "nosniff",
        "Referrer-Policy": "same-origin",
        "Permissions-Policy": NO_DEVICES,
        "Cross-Origin-Opener-Policy": "same-origin",
        "Cross-Origin-Resource-Policy": "same-origin",
    }
    return headers | ({"Strict-Transport-Security": TLS_ALWAYS} if is_https else {})


class SecurityHeaders:
    """Middleware, round everything that answers: nothing but our own files runs, is framed, or is posted to.

    TLS ends at the operator's proxy, and what reaches us is plain. That people see HTTPS is known from the
    public address, never from a header that somebody may have written: with it Django compares the origin of
    forms and makes whole addresses.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        from django.conf import settings  # noqa: PLC0415 -- settings are ready only when Django builds the chain

        self.get_response = get_response
        self.session_cookie, self.form_cookie = settings.SESSION_COOKIE_NAME, settings.CSRF_COOKIE_NAME
        self.scheme = settings.PANJEREH.public_url.partition("://")[0]
        # A form that starts or ends a sign-in is redirected to the identity provider.
        policy = PAGE_POLICY.format(idp=settings.PANJEREH.idp_issuer)
        self.headers: Mapping[str, str] = fixed_headers(policy, is_https=self.scheme == "https")

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer; what is said within a session is kept by nothing on the way and by no browser."""
        request.META["wsgi.url_scheme"] = self.scheme
        response = self.get_response(request)
        for name, value in self.headers.items():
            response.headers.setdefault(name, value)
        if self.session_cookie in request.COOKIES or response.cookies.keys() - {self.form_cookie}:
            response.headers.setdefault("Cache-Control", "private, no-store")
        return response
