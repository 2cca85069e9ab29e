"""One declaration for each operation: what it takes, gives and refuses. It is served and described by it."""

import datetime as dt
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, TypeAlias

from django.http import HttpRequest

from panjereh.rest.shapes import Shape
from panjereh_kernel.actor import Actor
from panjereh_kernel.refusal import Refusal

JSON, PDF = "application/json", "application/pdf"
CSV, LINKED_DATA = "text/csv", "application/ld+json"
Schema: TypeAlias = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Parameter:
    """A part of an address or of its query. `about` is a message id."""

    name: str
    about: str
    schema: Schema


@dataclass(frozen=True, slots=True, kw_only=True)
class Operation:
    """What an address does for one method.

    `gives` is the shape of the answer, None for a file of the type `file`. `takes` are the shapes a JSON body
    may have; `takes_pdf` says whether a PDF may be the body too. `scope` is what a person must have allowed
    the calling program, "" where nobody is asked; `reads` is what the person then finds among the accesses to
    their data. `refuses` are the refusals of this operation alone: those of the frame are added by what the
    declaration says. `is_repeatable` says that an `Idempotency-Key` is kept.
    """

    run: Callable[..., Any]
    name: str
    about: str
    detail: str
    gives: type[Shape] | None
    file: str
    status: int
    query: tuple[Parameter, ...]
    takes: tuple[type[Shape], ...]
    takes_pdf: bool
    scope: str
    reads: str
    refuses: tuple[type[Refusal], ...]
    is_public: bool
    is_repeatable: bool
    needs_match: bool

    @property
    def has_body(self) -> bool:
        """Whether a request must carry a body."""
        return bool(self.takes) or self.takes_pdf

    @property
    def media(self) -> str:
        """The type of a good answer."""
        return self.file if self.gives is None else JSON


@dataclass(frozen=True, slots=True)
class Call:
    """One request as an operation sees it: its query is known to be described, and who asks is proven."""

    request: HttpRequest
    operation: Operation
    query: Mapping[str, str]
    actor: Actor
    at: dt.datetime


@dataclass(frozen=True, slots=True)
class Located:
    """An answer that stands, or will stand, at another address."""

    value: Any
    location: str


@dataclass(frozen=True, slots=True)
class File:
    """A file and the name it is saved under."""

    name: str
    content: bytes


def operation(
    *,
    name: str,
    about: str,
    detail: str = "",
    gives: type[Shape] | None = None,
    file: str = PDF,
    status: int = 200,
    query: tuple[Parameter, ...] = (),
    takes: tuple[type[Shape], ...] = (),
    takes_pdf: bool = False,
    scope: str = "",
    reads: str = "",
    refuses: tuple[type[Refusal], ...] = (),
    is_public: bool = False,
    is_repeatable: bool = False,
    needs_match: bool = False,
) -> Callable[[Callable[..., Any]], Operation]:
    """Declare the function below as an operation of the interface."""

    def declare(run: Callable[..., Any]) -> Operation:
        return Operation(
            run=run,
            name=name,
            about=about,
            detail=detail,
            gives=gives,
            file=file,
            status=status,
            query=query,
            takes=takes,
            takes_pdf=takes_pdf,
            scope=scope,
            reads=reads,
            refuses=refuses,
            is_public=is_public,
            is_repeatable=is_repeatable,
            needs_match=needs_match,
        )

    return declare
