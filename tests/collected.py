"""Rows that stand in one module for each package or room, put together: a new one brings a new file."""

from collections.abc import Iterable, Sequence
from importlib import import_module
from pkgutil import iter_modules
from types import ModuleType
from typing import Any


def modules(package: str, place: Iterable[str]) -> Sequence[ModuleType]:
    """Return every module of a package, in the order of their names."""
    names = sorted(each.name for each in iter_modules(list(place)))
    return [import_module(f"{package}.{name}") for name in names]


def rows(modules: Sequence[ModuleType], name: str) -> tuple[Any, ...]:
    """Return what the modules that have rows of this name have, one after another."""
    return tuple(row for module in modules for row in getattr(module, name, ()))


def table(modules: Sequence[ModuleType], name: str) -> dict[Any, Any]:
    """Return the tables of this name as one. Two modules may not say the same of something twice."""
    whole: dict[Any, Any] = {}
    for module in modules:
        its = getattr(module, name, {})
        assert not whole.keys() & its.keys(), f"{module.__name__}.{name}: {whole.keys() & its.keys()} again"
        whole |= its
    return whole
