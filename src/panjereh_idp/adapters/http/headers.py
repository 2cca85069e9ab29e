"""The headers every answer of the provider carries; an answer that says more of its own keeps it."""

from typing import Final

from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

FIXED: Final = {
    "Content-Security-Policy": (
        "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
    ),
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    # Tokens, challenges and pages are somebody's: only what says otherwise may be kept.
    "Cache-Control": "no-store",
}
TLS_ALWAYS: Final = {"Strict-Transport-Security": "max-age=31536000"}


class SecurityHeaders:
    """ASGI, inside the program: adds what an answer does not say itself, to refusals too."""

    def __init__(self, application: ASGIApp, *, is_https: bool) -> None:
        self.application = application
        self.is_https = is_https

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer, with the headers."""

        async def add(message: Message) -> None:
            if message["type"] == "http.response.start":
                complete(MutableHeaders(scope=message), is_https=self.is_https)
            await send(message)

        await self.application(scope, receive, add)


def complete(headers: MutableHeaders, *, is_https: bool) -> None:
    """Add every header that is missing."""
    for name, value in {**FIXED, **(TLS_ALWAYS if is_https else {})}.items():
        headers.setdefault(name, value)
