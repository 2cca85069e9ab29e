"""The address that gives the description."""

from typing import Any

from django.utils.translation import gettext_noop

from panjereh.rest.description import served
from panjereh.rest.operation import Call, operation
from panjereh.rest.shapes import Shape


class Description(Shape):
    """OpenAPI 3.1."""

    openapi: str
    info: dict[str, Any]
    servers: list[dict[str, Any]]
    paths: dict[str, Any]
    components: dict[str, Any]


@operation(name="describe", about=gettext_noop("This description"), gives=Description, is_public=True)
def openapi(call: Call) -> dict[str, Any]:  # noqa: ARG001 -- nothing is asked of it
    """Give the description of every address for programs."""
    return served()
