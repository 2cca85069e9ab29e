"""What a pack is judged against: data sets on the exchange, agencies and law of the directory."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from panjereh.domain.catalogue.rules.expressions import Shape, Type, Value

APPLICANT: Final = {"national_number": Type.STRING, "birth_date": Type.STRING}
# Sample values for tests of packs, where a test does not say: any value of the type will do.
_SAMPLES: Final[Mapping[Type, Value]] = {Type.BOOL: True, Type.STRING: "", Type.INT: 0}
_TYPES: Final = {"boolean": Type.BOOL, "string": Type.STRING, "integer": Type.INT}


@dataclass(frozen=True, slots=True)
class DataSetShape:
    """A data set on the exchange as far as packs meet it.

    Fields of its answer, fields of its request, and the pairs of purpose and legal basis with a contract.
    """

    key: str
    answer: Mapping[str, Type]
    request: frozenset[str]
    contracts: frozenset[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class Validity:
    """The days on which something holds, None where an end is open, and how surely (A to D) it is known."""

    since: dt.date | None
    until: dt.date | None
    certainty: str

    def covers(self, day: dt.date) -> bool:
        """Return whether it holds on a day; `until` is the first on which it no longer does."""
        return (self.since is None or self.since <= day) and (self.until is None or day < self.until)


@dataclass(frozen=True, slots=True)
class Instrument:
    """A legal instrument as far as packs cite it: when it is in force, and each article when."""

    validity: Validity
    articles: Mapping[str, tuple[Validity, ...]]


@dataclass(frozen=True, slots=True)
class World:
    """Everything outside the pack that the linter may look at."""

    data_sets: Mapping[str, DataSetShape]
    agencies: frozenset[str]
    instruments: Mapping[str, Instrument]


def data_set_shape(
    key: str, request: Mapping[str, Any], answer: Mapping[str, Any], contracts: frozenset[tuple[str, str]]
) -> DataSetShape:
    """Return the shape of a data set from its JSON Schemas; the record inside the answer is flattened.

    An answer is `found` and `as_of` beside one record: expressions see the record's fields and `found`.
    """
    fields: dict[str, Type] = {}
    for name, part in answer["properties"].items():
        if part.get("type") == "object":
            fields |= {inner: _type(rule) for inner, rule in part["properties"].items()}
        elif name != "as_of":
            fields[name] = _type(part)
    return DataSetShape(key, fields, frozenset(request["properties"]), contracts)


def expression_shape(evidence: Mapping[str, str], form_fields: frozenset[str], world: World) -> Shape:
    """Return the names an expression of a pack may use; `evidence` maps its ids to data sets."""
    shape: dict[str, Mapping[str, Type]] = {"applicant": APPLICANT}
    shape["form"] = dict.fromkeys(form_fields, Type.STRING)
    for name, key in evidence.items():
        if key in world.data_sets:
            shape[name] = world.data_sets[key].answer
    return shape


def sample_fields(fields: Mapping[str, Type]) -> dict[str, Value]:
    """Return a plain value for each field."""
    return {name: _SAMPLES[kind] for name, kind in fields.items()}


def _type(rule: Mapping[str, Any]) -> Type:
    # An enumeration of our data sets is always one of strings.
    return _TYPES[rule.get("type", "string")]
