"""What somebody types into the what-if: read once, with a sentence for everything that is no such number."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from fractions import Fraction

from django.http import QueryDict
from django.utils.translation import gettext as _

from panjereh.domain.indices import api as indices
from panjereh.plumbing import pages
from panjereh.web.oversight.indices import words
from panjereh.web.oversight.indices.reading import number_of

DIGITS = 5
PLACES = 30
MOST_WEIGHT = 1000


@dataclass(slots=True)
class Asked:
    """A what-if as typed and as read. `faults` has a field and its sentence; with one nothing is computed."""

    typed: dict[str, str] = field(default_factory=dict)
    faults: dict[str, str] = field(default_factory=dict)
    changes: dict[str, float] = field(default_factory=dict)
    costs: dict[str, float] = field(default_factory=dict)
    caps: dict[str, float] = field(default_factory=dict)
    weights: dict[str, Fraction] | None = None
    raw: dict[str, float] = field(default_factory=dict)
    shares: dict[str, Fraction] | None = None
    places: int = 0

    @property
    def is_own(self) -> bool:
        """Whether costs, caps or weights are others than the usual."""
        return bool(self.costs or self.caps or self.weights or self.shares)


def read(
    query: QueryDict, table: indices.EditionTable, iso3: str, raw_parts: Iterable[indices.RawPart]
) -> Asked:
    """Return what an address asks of an edition for a state."""
    asked = Asked()
    values = table.row(iso3).values
    for part in (*table.method.parts, "epi"):
        value = _number(query, asked, part, values[part], low=0.0, high=1.0)
        if value != values[part]:
            asked.changes[part] = value
    for part in table.method.parts:
        cost = _number(query, asked, f"cost_{part}", 1.0, low=0.001, high=MOST_WEIGHT)
        cap = _number(query, asked, f"cap_{part}", 1.0, low=0.0, high=1.0)
        asked.costs |= {} if cost == 1 else {part: cost}
        asked.caps |= {} if cap == 1 else {part: cap}
    asked.weights = _weights(query, asked, "weight", table.method.weights)
    if table.method.osi_subindices:
        asked.shares = _weights(query, asked, "share", table.method.osi_subindices)
    for raw_part in raw_parts:
        if raw_part.reason_against(iso3) is None:
            _raw(query, asked, raw_part, iso3)
    rank = table.rank(iso3)
    # Nobody stands behind the last one: its own rank has no price, so it is asked for one place at least.
    asked.places = _places(query, asked, int(rank == len(table.ranked) > 1), rank - 1)
    return asked


def _raw(query: QueryDict, asked: Asked, part: indices.RawPart, iso3: str) -> None:
    for name, known in part.known[iso3].items():
        field_name = f"raw_{name}"
        value = _number(query, asked, field_name, known.value, low=0.0, high=indices.HIGHEST[name])
        if value == known.value:
            continue
        asked.raw[name] = value
        if part.part in asked.changes:
            asked.faults[field_name] = _("Change either %(part)s or its raw indicators, not both.") % {
                "part": words.part_names()[part.part]
            }


def _weights(
    query: QueryDict, asked: Asked, kind: str, usual: Mapping[str, Fraction]
) -> dict[str, Fraction] | None:
    """Return weights that add up to one, in the proportion typed; None where they are the published ones."""
    given = {
        part: Fraction(
            str(
                _number(
                    query, asked, f"{kind}_{part}", float(100 * weight), low=0.0, high=MOST_WEIGHT, places=2
                )
            )
        )
        for part, weight in usual.items()
    }
    if all(abs(given[part] - 100 * usual[part]) < Fraction(1, 100) for part in usual):
        return None
    whole = sum(given.values(), Fraction(0))
    if not whole:
        asked.faults[f"{kind}_{next(iter(usual))}"] = _("At least one weight must be greater than nought.")
        return None
    return {part: weight / whole for part, weight in given.items()}


def _places(query: QueryDict, asked: Asked, least: int, most: int) -> int:
    usual = min(PLACES, most)
    text = query.get("places", "")
    asked.typed["places"] = text or pages.digits(usual)
    if not text:
        return usual
    try:
        places = number_of(text)
    except ValueError:
        places = -1
    if places != int(places) or not least <= places <= most:
        asked.faults["places"] = _(
            "The places must be a whole number from %(least)s to %(most)s. You typed %(typed)s."
        ) % {
            "least": pages.digits(least),
            "most": pages.digits(most),
            "typed": text,
        }
        return usual
    return int(places)


def _number(
    query: QueryDict, asked: Asked, name: str, usual: float, *, low: float, high: float, places: int = DIGITS
) -> float:
    text = query.get(name, "")
    asked.typed[name] = text or _written(usual, places)
    if not text or text == _written(usual, places):
        return usual
    try:
        value = number_of(text)
    except ValueError:
        value = high + 1
    if not low <= value <= high:
        asked.faults[name] = _(
            "%(field)s must be a number from %(low)s to %(high)s. You typed %(typed)s."
        ) % {
            "field": _label(name),
            "low": _written(low, DIGITS),
            "high": _written(high, DIGITS),
            "typed": text,
        }
        return usual
    return value


def _written(value: float, places: int) -> str:
    """Write a number as short as it is exact to so many decimals: the field then holds what was published."""
    short = next(count for count in range(places + 1) if count == places or round(value, count) == value)
    return pages.show_number(value, short)


def _label(name: str) -> str:
    kind, _sign, part = name.partition("_")
    names = words.part_names()
    if not part:
        return names[kind]
    if kind == "raw":
        return words.indicator_names()[part]
    labels = {
        "cost": _("The cost of %(part)s"),
        "cap": _("The cap of %(part)s"),
        "weight": _("The weight of %(part)s"),
        "share": _("The weight of %(part)s"),
    }
    return labels[kind] % {"part": (words.question_groups() if kind == "share" else names)[part]}
