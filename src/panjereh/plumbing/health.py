"""Whether the program lives and whether it can serve."""

from django.db import Error, connections
from django.http import HttpRequest, JsonResponse


def live(request: HttpRequest) -> JsonResponse:  # noqa: ARG001 -- Django's signature
    """Answer 200 as long as the process answers at all."""
    return JsonResponse({"status": "live"})


def ready(request: HttpRequest) -> JsonResponse:  # noqa: ARG001 -- Django's signature
    """Answer 200 when every role of the database answers, 503 with the ones that do not."""
    away = [alias for alias in connections if not _answers(alias)]
    return JsonResponse({"status": "away" if away else "ready", "away": away}, status=503 if away else 200)


def _answers(alias: str) -> bool:
    try:
        with connections[alias].cursor() as cursor:
            cursor.execute("SELECT 1")
    except Error:
        return False
    return True
