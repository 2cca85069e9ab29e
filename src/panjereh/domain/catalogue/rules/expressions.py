"""Expressions of packs: a small part of CEL, checked by our own walk before any evaluator sees them.

The evaluators do not check names or types, so this module parses what a pack may say: literals, known names
and their fields, `! && || == != < <= > >= ?: in`, lists of literals and `size()`. No macros, no other
functions. Lengths, depth and lists are capped. The CEL specification (cel-spec, langdef) is the source.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from typing import Final, Protocol

import cel

MAX_LENGTH: Final = 500
MAX_DEPTH: Final = 20
MAX_LIST: Final = 20


class Type(StrEnum):
    """The types an expression may have."""

    BOOL = "bool"
    STRING = "string"
    INT = "int"
    LIST = "list"


Shape = Mapping[str, Mapping[str, Type]]  # variable to its fields
Value = bool | str | int
Facts = Mapping[str, Mapping[str, Value] | None]  # None: this was not asked


class ExpressionError(Exception):
    """An expression a pack may not contain; the message says why, in English, for its author."""


class Evaluator(Protocol):
    """What computes a checked expression. A second implementation takes the place of the first here."""

    def evaluate(self, expression: str, facts: Mapping[str, Mapping[str, Value]]) -> object:
        """Return the value of the expression. Raises `ExpressionError` if it has none for these facts."""

    def names(self, expression: str) -> frozenset[str]:
        """Return the variables the expression reads."""


class CelEvaluator:
    """CEL in Rust; a program is compiled once and kept."""

    def evaluate(self, expression: str, facts: Mapping[str, Mapping[str, Value]]) -> object:
        """Return the value of the expression. Raises `ExpressionError` if it has none for these facts."""
        try:
            return _compiled(expression).execute({name: dict(fields) for name, fields in facts.items()})
        except (ValueError, TypeError, RuntimeError, KeyError) as fault:
            raise ExpressionError(str(fault)) from fault

    def names(self, expression: str) -> frozenset[str]:
        """Return the variables the expression reads."""
        return frozenset(_compiled(expression).variables())


CEL: Final[Evaluator] = CelEvaluator()


@lru_cache(maxsize=4096)
def _compiled(expression: str) -> cel.Program:
    return cel.compile(expression)


@dataclass(frozen=True, slots=True)
class Checked:
    """What the walk found out: the type of the expression and the names it reads."""

    type: Type
    names: frozenset[str]


def check(expression: str, shape: Shape) -> Checked:
    """Return the type and the names of `expression`. Raises `ExpressionError` for anything not allowed."""
    if len(expression) > MAX_LENGTH:
        raise ExpressionError(f"longer than {MAX_LENGTH} characters")
    walk = _Walk(_tokens(expression), shape)
    kind = walk.ternary()
    walk.expect("")
    return Checked(kind, frozenset(walk.names))


_TOKEN: Final = re.compile(
    r"\s*(?:(?P<string>'[^'\\\n]*')|(?P<int>[0-9]{1,9})(?![0-9A-Za-z_])|(?P<name>[A-Za-z_][A-Za-z0-9_]*)"
    r"|(?P<sign>&&|\|\||==|!=|<=|>=|[<>!?:().,\[\]]))"
)
_COMPARISONS: Final = frozenset({"==", "!=", "<", "<=", ">", ">="})
_ORDERED: Final = frozenset({Type.STRING, Type.INT})
_WORDS: Final = {"true": Type.BOOL, "false": Type.BOOL}


def _tokens(expression: str) -> list[tuple[str, str]]:
    tokens, place, text = [], 0, expression.rstrip()
    while place < len(text):
        found = _TOKEN.match(text, place)
        if found is None:
            raise ExpressionError(f"cannot be read from: {text[place : place + 20]}")
        tokens.append((str(found.lastgroup), found[str(found.lastgroup)]))
        place = found.end()
    return [*tokens, ("end", "")]


class _Walk:
    """One pass over the tokens that parses and types at once, by the precedence of CEL."""

    def __init__(self, tokens: list[tuple[str, str]], shape: Shape) -> None:
        self.tokens = tokens
        self.shape = shape
        self.place = 0
        self.depth = 0
        self.names: set[str] = set()

    def ternary(self) -> Type:
        self.depth += 1
        if self.depth > MAX_DEPTH:
            raise ExpressionError(f"nested deeper than {MAX_DEPTH}")
        kind = self._either()
        if self._skip("?"):
            self._need(kind, Type.BOOL)
            kind = self._either()
            self.expect(":")
            self._need(self.ternary(), kind)
        self.depth -= 1
        return kind

    def expect(self, sign: str) -> None:
        if not self._skip(sign):
            raise ExpressionError(f"expected {sign or 'the end'} before {self._text() or 'the end'}")

    def _either(self) -> Type:
        kind = self._both()
        while self._skip("||"):
            self._need(kind, Type.BOOL)
            self._need(self._both(), Type.BOOL)
        return kind

    def _both(self) -> Type:
        kind = self._comparison()
        while self._skip("&&"):
            self._need(kind, Type.BOOL)
            self._need(self._comparison(), Type.BOOL)
        return kind

    def _comparison(self) -> Type:
        kind = self._unary()
        if self._text() == "in" and self.tokens[self.place][0] == "name":
            self.place += 1
            self._need(self._list(), kind)
            return Type.BOOL
        sign = self._text()
        if self.tokens[self.place][0] != "sign" or sign not in _COMPARISONS:
            return kind
        self.place += 1
        self._need(self._unary(), kind)
        if sign not in {"==", "!="} and kind not in _ORDERED:
            raise ExpressionError(f"{sign} does not compare {kind}")
        return Type.BOOL

    def _unary(self) -> Type:
        negated = False
        while self._skip("!"):
            negated = True
        kind = self._primary()
        if negated:
            self._need(kind, Type.BOOL)
        return kind

    def _primary(self) -> Type:
        kind, text = self.tokens[self.place]
        if self._skip("("):
            inner = self.ternary()
            self.expect(")")
            return inner
        self.place += kind in {"string", "int", "name"}
        if kind in {"string", "int"}:
            return Type(kind)
        if kind != "name":
            raise ExpressionError(f"unexpected {text or 'end'}")
        if text in _WORDS:
            return _WORDS[text]
        return self._size() if text == "size" else self._field(text)

    def _size(self) -> Type:
        self.expect("(")
        self._need(self.ternary(), Type.STRING)
        self.expect(")")
        return Type.INT

    def _field(self, name: str) -> Type:
        if name not in self.shape:
            raise ExpressionError(f"unknown name {name}")
        self.expect(".")
        field = self._text()
        if field not in self.shape[name]:
            raise ExpressionError(f"{name} has no field {field}")
        self.place += 1
        self.names.add(name)
        return self.shape[name][field]

    def _list(self) -> Type:
        self.expect("[")
        kinds = [self._literal()]
        while self._skip(","):
            kinds.append(self._literal())
        self.expect("]")
        if len(kinds) > MAX_LIST or len(set(kinds)) > 1:
            raise ExpressionError(f"a list holds at most {MAX_LIST} values of one type")
        return kinds[0]

    def _literal(self) -> Type:
        kind, text = self.tokens[self.place]
        if kind not in {"string", "int"}:
            raise ExpressionError(f"{text or 'the end'} is no literal")
        self.place += 1
        return Type(kind)

    def _text(self) -> str:
        kind, text = self.tokens[self.place]
        return "" if kind == "string" else text

    def _skip(self, sign: str) -> bool:
        kind, text = self.tokens[self.place]
        found = kind in {"sign", "end"} and text == sign
        self.place += found and kind == "sign"
        return found

    @staticmethod
    def _need(kind: Type, wanted: Type) -> None:
        if kind is not wanted:
            raise ExpressionError(f"{wanted} expected, {kind} found")
