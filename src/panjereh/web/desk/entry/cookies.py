"""Two sessions in one browser: what the window knows the desk does not, and the other way round."""

from django.conf import settings
from django.contrib.sessions.middleware import SessionMiddleware
from django.http import HttpRequest, HttpResponse

DESK_PATHS = ("/desk/", "/en/desk/")
DESK_COOKIE = "__Host-panjereh-desk" if settings.SESSION_COOKIE_SECURE else "panjereh-desk"


def is_desk(request: HttpRequest) -> bool:
    """Whether an address belongs to the desk."""
    return request.path_info.startswith(DESK_PATHS)


class SessionsApart(SessionMiddleware):
    """Django's sessions, under another cookie at the desk: told apart by name, as `__Host-` wants no path."""

    def process_request(self, request: HttpRequest) -> None:
        """Load the session of this side; the other's cookie is as if it were not there."""
        if is_desk(request):
            # Whatever is refused or breaks here, early or late, is told in the frame of the desk.
            request.own_pages = "desk/"  # type: ignore[attr-defined]
            cookies = request.COOKIES
            own = cookies.get(DESK_COOKIE)
            cookies.pop(settings.SESSION_COOKIE_NAME, None)
            if own is not None:
                cookies[settings.SESSION_COOKIE_NAME] = own
        super().process_request(request)

    def process_response(self, request: HttpRequest, response: HttpResponse) -> HttpResponse:
        """Save the session and set or delete the cookie of this side."""
        answer = super().process_response(request, response)
        written = answer.cookies.pop(settings.SESSION_COOKIE_NAME, None) if is_desk(request) else None
        if written is not None:
            answer.cookies[DESK_COOKIE] = written.value
            for name, value in written.items():
                answer.cookies[DESK_COOKIE][name] = value
        return answer
