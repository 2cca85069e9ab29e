"""The description of the interface, as OpenAPI 3.1, with the address of this installation in it."""

import json
from functools import cache
from pathlib import Path
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse, JsonResponse

_FILE = Path(__file__).parent / "openapi.json"


def openapi(request: HttpRequest) -> HttpResponse:  # noqa: ARG001 -- Django's signature
    """Give the description of every address for programs."""
    described = {**_described(), "servers": [{"url": f"{settings.PANJEREH.public_url}/api/v1"}]}
    response = JsonResponse(described, json_dumps_params={"ensure_ascii": False})
    response["Cache-Control"] = "public, max-age=3600"
    return response


@cache
def _described() -> dict[str, Any]:
    described: dict[str, Any] = json.loads(_FILE.read_text(encoding="utf-8"))
    return described
