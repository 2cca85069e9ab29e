"""The headers every answer carries."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

POLICY = (
    "default-src 'none'; style-src 'self'; font-src 'self'; img-src 'self' data:; script-src 'self'; "
    "form-action 'self' {idp}; base-uri 'none'; frame-ancestors 'none'"
)


class SecurityHeaders:
    """Middleware: nothing but our own files runs, is framed, or is posted to."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        from django.conf import settings  # noqa: PLC0415 -- settings are ready only when Django builds the chain

        self.get_response = get_response
        # A form that starts or ends a sign-in is redirected to the identity provider.
        self.policy = POLICY.format(idp=settings.PANJEREH.idp_issuer)

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer, with the policy unless the view set its own."""
        response = self.get_response(request)
        response.headers.setdefault("Content-Security-Policy", self.policy)
        response.headers.setdefault("Permissions-Policy", "camera=(), geolocation=(), microphone=()")
        if request.session.get("account_id") if hasattr(request, "session") else False:
            response.headers.setdefault("Cache-Control", "private, no-store")
        return response
