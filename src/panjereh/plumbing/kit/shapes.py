"""The types a macro's parameters may have, written as in Python: `"go" | ""`, `list[(str, str)]`, `bool`."""

import ast
import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Any, Final

from django.utils.functional import Promise
from jinja2 import Undefined

TYPES: Final[Mapping[str, tuple[type, ...]]] = {
    "str": (str, Promise),
    "bool": (bool,),
    "int": (int,),
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
    match shape:
        case ast.Constant(value=literal):
            return isinstance(value, type(literal)) and not isinstance(value, bool) and value == literal
        case ast.Name(id="int"):
            return isinstance(value, int) and not isinstance(value, bool)
        case ast.Name(id=name):
            return isinstance(value, TYPES[name])
        case ast.BinOp(left=left, right=right):
            return fits(value, left) or fits(value, right)
        case ast.Subscript(slice=part):
            return _is_row(value) and all(fits(each, part) for each in value)
        case ast.Tuple(elts=parts):
            return (
                _is_row(value)
                and len(value) == len(parts)
                and all(fits(each, part) for each, part in zip(value, parts, strict=True))
            )
        case _:  # `read_shape` lets nothing else in
            raise NotAShape(ast.unparse(shape))


def _is_row(value: Any) -> bool:
    return isinstance(value, Sequence) and not isinstance(value, str)
