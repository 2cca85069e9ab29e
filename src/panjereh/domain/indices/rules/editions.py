"""How one edition of an index is computed: parameters from data, each with its source and how sure it is."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction
from typing import Any, Final

_SLACK: Final = Fraction(1, 1_000_000)
"""How far a sum of weights may be from one: published weights are rounded (.6667 and .3333)."""
_NUMBER: Final = re.compile(r"-?[0-9]{1,12}([./][0-9]{1,18})?(e-[0-9]{1,2})?")


class WeightState(StrEnum):
    """How sure a parameter is: recomputed from data or read in the survey, told by others, or not found."""

    CONFIRMED = "confirmed"
    REPORTED = "reported"
    UNCONFIRMED = "unconfirmed"


class Scaling(StrEnum):
    """How raw values become a component of 0 to 1."""

    RATIO_TO_MAX = "ratio-to-max"
    ZSCORE_MINMAX = "zscore-minmax"
    NONE = "none"


class BadMethod(ValueError):  # noqa: N818 -- reads as what is wrong
    """The parameters of an edition are not usable. `code` says why, `where` names the parameter."""

    def __init__(self, code: str, where: str) -> None:
        super().__init__(f"{where}: {code}")
        self.code = code
        self.where = where


@dataclass(frozen=True, slots=True)
class Indicator:
    """A raw series in a component: its weight, the value above which no more counts, and its direction."""

    id: str
    weight: Fraction
    cap: float | None = None
    is_lower_better: bool = False


@dataclass(frozen=True, slots=True)
class KnownFault:
    """A published figure that does not follow from the published parts: the fault is in the source."""

    iso3: str
    part: str


@dataclass(frozen=True, slots=True)
class EditionMethod:
    """The method of one edition of one index.

    `index` is also the name of the composite value in a row; the keys of `weights` are its parts.
    `tolerance` is how far a composite of published parts may be from the published composite: what rounding
    explains. `osi_points` and `epi_points` are the range of whole points behind a count of answers,
    `questions` their number by subindex, where the list is known. `has_levels`: the values fall into the four
    groups of the survey. `weight_states` and `sources` are keyed by the name of the parameter: `weights`,
    `scaling`, `tolerance`, `osi_points`, `epi_points`, `osi_subindices`, `questions`, `tii`, `hci`.
    `parse_method` makes it from data.
    """

    index: str
    edition: str
    ranked: int
    weights: Mapping[str, Fraction]
    scaling: Scaling
    tolerance: float
    osi_points: int | None
    epi_points: int | None
    osi_subindices: Mapping[str, Fraction] | None
    questions: Mapping[str, int]
    tii: tuple[Indicator, ...]
    hci: tuple[Indicator, ...]
    has_levels: bool
    known_faults: tuple[KnownFault, ...]
    weight_states: Mapping[str, WeightState]
    sources: Mapping[str, str]

    @property
    def parts(self) -> tuple[str, ...]:
        """The names of the parts of the composite."""
        return tuple(self.weights)

    def points_of(self, part: str) -> int | None:
        """Return the range of whole points behind a part; None where it is no count or not known."""
        return {"osi": self.osi_points, "epi": self.epi_points}.get(part)

    def is_known_fault(self, iso3: str, part: str) -> bool:
        """Whether this published figure is known to be wrong in the source."""
        return KnownFault(iso3, part) in self.known_faults


def parse_method(raw: Mapping[str, Any]) -> EditionMethod:
    """Return the method in one entry of `data/indices/methods.json`.

    Raises `BadMethod`: `missing`, `not-a-number`, `negative-weight`, `weights-not-one`, `unknown-scaling`,
    `unknown-state`, `unknown-source` (a parameter without one).
    """
    scaling = _value(raw, "scaling")
    if scaling not in tuple(Scaling):
        raise BadMethod("unknown-scaling", "scaling")
    named = [name for name in _PARAMETERS if raw.get(name) is not None]
    return EditionMethod(
        index=str(_needed(raw, "index")),
        edition=str(_needed(raw, "edition")),
        ranked=_whole(_needed(raw, "ranked"), "ranked"),
        weights=_weights(_value(raw, "weights"), "weights"),
        scaling=Scaling(scaling),
        tolerance=_tolerance(raw),
        osi_points=_points(raw, "osi_points"),
        epi_points=_points(raw, "epi_points"),
        osi_subindices=_subindices(raw),
        questions={
            name: _whole(count, "questions") for name, count in _optional(raw, "questions", {}).items()
        },
        tii=_indicators(raw, "tii"),
        hci=_indicators(raw, "hci"),
        has_levels=bool(raw.get("levels", False)),
        known_faults=tuple(KnownFault(each["iso3"], each["part"]) for each in raw.get("known_faults", ())),
        weight_states={name: _state(raw, name) for name in named},
        sources={name: _source(raw, name) for name in named},
    )


def method_changes(before: EditionMethod, after: EditionMethod) -> tuple[str, ...]:
    """Return the names of the parameters that another edition has otherwise: where a line has its break.

    The counts of points change with every questionnaire and are no break by themselves.
    """
    compared = ("weights", "scaling", "osi_subindices", "tii", "hci")
    return tuple(name for name in compared if getattr(before, name) != getattr(after, name))


def is_whole(weights: Mapping[str, Fraction]) -> bool:
    """Whether weights add up to one."""
    return abs(sum(weights.values(), Fraction(0)) - 1) <= _SLACK


_PARAMETERS: Final = (
    *("weights", "scaling", "tolerance", "osi_points", "epi_points"),
    *("osi_subindices", "questions", "tii", "hci"),
)


def _needed(raw: Mapping[str, Any], name: str) -> Any:
    if raw.get(name) is None:
        raise BadMethod("missing", name)
    return raw[name]


def _value(raw: Mapping[str, Any], name: str) -> Any:
    return _needed(_needed(raw, name), "value")


def _optional(raw: Mapping[str, Any], name: str, default: Any) -> Any:
    return default if raw.get(name) is None else _value(raw, name)


def _number(text: object, where: str) -> Fraction:
    # A great power of ten, written for mischief, would be worked out to its last digit.
    if not _NUMBER.fullmatch(str(text)):
        raise BadMethod("not-a-number", where)
    try:
        return Fraction(str(text))
    except (ValueError, ZeroDivisionError) as error:
        raise BadMethod("not-a-number", where) from error


def _whole(text: object, where: str) -> int:
    number = _number(text, where)
    if number.denominator != 1:
        raise BadMethod("not-a-number", where)
    return int(number)


def _points(raw: Mapping[str, Any], name: str) -> int | None:
    value = _optional(raw, name, None)
    if value is None:
        return None
    points = _whole(value, name)
    if points < 1:
        raise BadMethod("not-a-number", name)
    return points


def _tolerance(raw: Mapping[str, Any]) -> float:
    tolerance = float(_number(_value(raw, "tolerance"), "tolerance"))
    if tolerance < 0:
        raise BadMethod("not-a-number", "tolerance")
    return tolerance


def _weights(raw: Mapping[str, object], where: str) -> dict[str, Fraction]:
    weights = {name: _number(text, f"{where}.{name}") for name, text in raw.items()}
    if any(weight < 0 for weight in weights.values()):
        raise BadMethod("negative-weight", where)
    if not is_whole(weights):
        raise BadMethod("weights-not-one", where)
    return weights


def _subindices(raw: Mapping[str, Any]) -> dict[str, Fraction] | None:
    value = _optional(raw, "osi_subindices", None)
    return None if value is None else _weights(value, "osi_subindices")


def _indicators(raw: Mapping[str, Any], name: str) -> tuple[Indicator, ...]:
    value: list[dict[str, Any]] = _optional(raw, name, [])
    if not value:
        return ()
    weights = _weights({each["id"]: each["weight"] for each in value}, name)
    return tuple(
        Indicator(
            id=each["id"],
            weight=weights[each["id"]],
            cap=None if each.get("cap") is None else float(_number(each["cap"], name)),
            is_lower_better=bool(each.get("is_lower_better", False)),
        )
        for each in value
    )


def _state(raw: Mapping[str, Any], name: str) -> WeightState:
    state = raw[name].get("state")
    if state not in tuple(WeightState):
        raise BadMethod("unknown-state", name)
    return WeightState(state)


def _source(raw: Mapping[str, Any], name: str) -> str:
    source = raw[name].get("source")
    if not source:
        raise BadMethod("unknown-source", name)
    return str(source)
