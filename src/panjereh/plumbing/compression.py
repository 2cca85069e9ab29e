"""Pages are compressed for visitors nobody knows yet, and for nobody else.

Length tells about content: who can make a signed-in browser ask for pages with words of theirs in the
address, and sees how long the answers are, can guess what else stands on them (BREACH). So a page is
compressed only if the request brings no session: then there is nothing personal on it, and the token of its
forms is masked anew each time. A signed-in page is about 10 kB; its style sheets, the larger part, are
compressed and kept.
"""

from django.conf import settings
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.middleware.gzip import GZipMiddleware


class CompressPublicPages(GZipMiddleware):
    """Middleware, the outermost that sees a body."""

    def process_response(self, request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
        """Compress what is said to somebody without a session, and to no program that acts for a person."""
        if settings.SESSION_COOKIE_NAME in request.COOKIES or "Authorization" in request.headers:
            return response
        compressed: HttpResponseBase = super().process_response(request, response)
        return compressed
