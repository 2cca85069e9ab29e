"""Values that answers and bodies are made of: what a shape says is what is sent, and what is described."""

import datetime as dt
from typing import Annotated, TypeAlias

import msgspec


class Shape(msgspec.Struct):
    """An object of JSON. Fields may be added to an answer; none is taken away."""


class Texts(Shape):
    """One text in both languages."""

    fa: str
    en: str


Instant: TypeAlias = Annotated[dt.datetime, msgspec.Meta(tz=True, description="UTC.")]
Uri: TypeAlias = Annotated[str, msgspec.Meta(extra_json_schema={"format": "uri"})]
Count: TypeAlias = Annotated[int, msgspec.Meta(ge=0)]
Next: TypeAlias = Annotated[
    str,
    msgspec.Meta(
        description="The address of the next page; null on the last.", extra_json_schema={"format": "uri"}
    ),
]
