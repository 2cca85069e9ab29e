"""Every function of every door: the table in `operations`, walked."""

import inspect
from collections.abc import Iterator
from importlib import import_module
from types import FunctionType
from typing import Any

import pytest
from django.conf import settings

from panjereh_kernel.actor import Actor
from panjereh_kernel.refusal import NotFound, Refusal
from tests.platform.access.answers import DONE, EMPTY, Operation
from tests.platform.access.country import Country
from tests.platform.access.operations import ACTING, WITHOUT_ACTOR

pytestmark = pytest.mark.slow


def every_function() -> Iterator[tuple[str, Any]]:
    for room in settings.ROOMS:
        door = import_module(f"panjereh.domain.{room}.api")
        for name in door.__all__:
            function = getattr(door, name)
            if callable(function) and isinstance(inspect.unwrap(function), FunctionType):
                yield f"{room}.{name}", function


def takes_an_actor(function: Any) -> bool:
    return "actor" in inspect.signature(function).parameters


def test_every_operation_with_an_actor_is_in_the_table():
    assert {one.name for one in ACTING} == {name for name, call in every_function() if takes_an_actor(call)}


def test_every_function_without_an_actor_says_why():
    said = [name for names in WITHOUT_ACTOR.values() for name in names]

    assert sorted(said) == sorted(name for name, call in every_function() if not takes_an_actor(call))


@pytest.mark.parametrize("operation", ACTING, ids=lambda operation: operation.name)
def test_an_operation_answers_everybody_as_the_table_says(country: Country, operation: Operation):
    actors = {
        "anonymous": Actor.anonymous("own-affairs"),
        "other": country.arash.actor,
        "system": Actor.system("case-decision"),
        "person": country.mina.actor,
    }

    answers = {name: outcome(operation, country, actor) for name, actor in actors.items()}

    assert answers == {name: getattr(operation, name) for name in actors}


def is_absence(refusal: Refusal) -> bool:
    return isinstance(refusal, NotFound)


def outcome(operation: Operation, country: Country, actor: Actor) -> str:
    try:
        answer = operation.call(country, actor)
    except Refusal as refusal:
        # Absent and not yours are one answer, down to what it carries.
        return f"{refusal.code} {refusal.facts() or ''}".strip() if is_absence(refusal) else refusal.code
    return EMPTY if answer == [] or (answer is None and operation.person == EMPTY) else DONE
