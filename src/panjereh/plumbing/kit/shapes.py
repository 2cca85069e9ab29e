"""The types a macro's parameters may have, written as in Python: `"go" | ""`, `list[(str, str)]`, `bool`."""

import ast
import datetime as dt
from collections.abc import Callable, Mapping, Sequence
from functools import cache
from typing import Any, Final, TypeAlias

from django.utils.functional import Promise
from jinja2 import Undefined

Check: TypeAlias = Callable[[Any], bool]
TYPES: Final[Mapping[str, tuple[type, ...]]] = {
    "str": (str, Promise),
    "bool": (bool,),
    "int": (int,),
    "number": (int, float),
    "date": (dt.date,),
    "datetime": (dt.datetime,),
    # The value of a condition that has no `else`: the page has nothing to say here.
    "none": (type(None), Undefined),
}


class NotAShape(ValueError):  # noqa: N818 -- reads as the sentence it prints
    """A block names a type the kit does not know."""


def read_shape(text: str) -> ast.expr:
    """Return a type as its parsed expression. Raises `NotAShape`."""
    try:
        shape = ast.parse(text, mode="eval").body
    except SyntaxError as error:
        raise NotAShape(text) from error
    _must_be_known(shape)
    return shape


def _must_be_known(shape: ast.expr) -> None:
    match shape:
        case ast.Constant(value=str() | int()):
            return
        case ast.Name(id=name) if name in TYPES:
            return
        case ast.BinOp(left=left, op=ast.BitOr(), right=right):
            parts = [left, right]
        case ast.Subscript(value=ast.Name(id="list"), slice=part):
            parts = [part]
        case ast.Tuple(elts=parts):
            pass
        case _:
            raise NotAShape(ast.unparse(shape))
    for part in parts:
        _must_be_known(part)


def fits(value: Any, shape: ast.expr) -> bool:
    """Return whether a value is of a type."""
    return _check_of(shape)(value)


@cache
def _check_of(shape: ast.expr) -> Check:
    """Return a type as a function: a list of twenty rows asks it hundreds of times for one page."""
    match shape:
        case ast.Constant(value=literal):
            kind = type(literal)
            return lambda value: isinstance(value, kind) and not isinstance(value, bool) and value == literal
        case ast.Name(id="int" | "number" as name):
            numbers = TYPES[name]
            return lambda value: isinstance(value, numbers) and not isinstance(value, bool)
        case ast.Name(id=name):
            types = TYPES[name]
            return lambda value: isinstance(value, types)
        case ast.BinOp(left=left, right=right):
            either, other = _check_of(left), _check_of(right)
            return lambda value: either(value) or other(value)
        case ast.Subscript(slice=part):
            each_fits = _check_of(part)
            return lambda value: _is_row(value) and all(map(each_fits, value))
        case ast.Tuple(elts=parts):
            checks = [_check_of(part) for part in parts]
            return lambda value: (
                _is_row(value)
                and len(value) == len(checks)
                and all(check(each) for check, each in zip(checks, value, strict=True))
            )
        case _:  # `read_shape` lets nothing else in
            raise NotAShape(ast.unparse(shape))


def _is_row(value: Any) -> bool:
    return isinstance(value, (list, tuple)) or (isinstance(value, Sequence) and not isinstance(value, str))
