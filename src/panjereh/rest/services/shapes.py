"""What is told of a service."""

from typing import Annotated

import msgspec

from panjereh.rest.reading import LARGEST_PAGE
from panjereh.rest.shapes import Count, Next, Shape, Texts, Uri
from panjereh_kernel.deadlines import DayKind


class Agency(Shape):
    """Who gives a service."""

    id: str
    name: Texts


class Limit(Shape):
    """By when the agency must answer."""

    days: Count
    kind: DayKind
    is_law: Annotated[bool, msgspec.Meta(description="Whether a law sets it; else the agency promises it.")]


class Service(Shape):
    """A published service."""

    id: str
    version: Annotated[int, msgspec.Meta(ge=1)]
    title: Texts
    summary: Texts
    agency: Agency
    fee_rial: Count
    visits: Count
    limit: Limit | None
    page: Uri
    linked_data: Uri


class ServicePage(Shape):
    """Services by identifier, page by page."""

    items: Annotated[list[Service], msgspec.Meta(max_length=LARGEST_PAGE)]
    next: Next | None


class ServiceList(Shape):
    """Services, best first."""

    items: Annotated[list[Service], msgspec.Meta(max_length=LARGEST_PAGE)]
