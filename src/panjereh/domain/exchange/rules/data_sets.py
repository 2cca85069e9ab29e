"""Data sets known: where each is asked, for which purpose and on which law, and what a right answer is."""

import datetime as dt
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any, cast

from jsonschema import Draft202012Validator, FormatChecker
from jsonschema.exceptions import SchemaError

from panjereh_kernel.refusal import NotFound

_FORMATS = FormatChecker(formats=["date"])


class DataSetUnknown(NotFound):
    """No data set, purpose or legal basis has this name."""

    code = "data-set-unknown"

    def __init__(self, name: str) -> None:
        super().__init__(name)
        self.name = name


class KnownFaulty(ValueError):  # noqa: N818 -- reads as what happened
    """The list of data sets is not what its description says; the program must not start with it."""


class NoContract(LookupError):  # noqa: N818 -- reads as what happened
    """Nothing was agreed for this data set, purpose and legal basis."""


@dataclass(frozen=True, slots=True)
class Title:
    """One name in both languages."""

    fa: str
    en: str


@dataclass(frozen=True, slots=True)
class DataSet:
    """One thing another agency can be asked.

    `holder` is the agency, `path` the r1 path on the exchange. `absence` names the boolean member of an
    answer that is false when the register holds no such thing; None where every answer is an answer.
    `contracts` gives the contract's identifier for each pair of purpose and legal basis, `fields` what a
    person reads for each member of an answer that tells something about them.
    """

    key: str
    version: str
    holder: str
    path: str
    title: Title
    absence: str | None
    contracts: Mapping[tuple[str, str], str] = field(repr=False)
    fields: Mapping[str, Title]
    _request: Draft202012Validator = field(repr=False, compare=False)
    _answer: Draft202012Validator = field(repr=False, compare=False)

    @property
    def request_schema(self) -> Mapping[str, Any]:
        """The JSON Schema of a question."""
        return _schema_of(self._request)

    @property
    def answer_schema(self) -> Mapping[str, Any]:
        """The JSON Schema of an answer."""
        return _schema_of(self._answer)

    def contract(self, *, purpose: str, legal_basis: str) -> str:
        """Return the contract's identifier. Raises `NoContract`."""
        try:
            return self.contracts[purpose, legal_basis]
        except KeyError:
            raise NoContract(self.key) from None

    def is_question(self, body: Mapping[str, Any]) -> bool:
        """Return whether `body` is what the contract lets us ask."""
        return bool(self._request.is_valid(body))

    def is_answer(self, body: object) -> bool:
        """Return whether `body` is what the contract promises. New members are allowed."""
        return bool(self._answer.is_valid(body))


@dataclass(frozen=True, slots=True)
class Known:
    """Everything one installation knows of the exchange."""

    instance: str
    data_sets: Mapping[str, DataSet]
    purposes: Mapping[str, Title]
    legal_bases: Mapping[str, Title]


def read_known(raw: bytes) -> Known:
    """Read the file of data sets. Raises `KnownFaulty`."""
    try:
        document = json.loads(raw)
        data_sets = [_data_set(each, document) for each in document["data_sets"]]
        return Known(
            instance=document["instance"],
            data_sets={each.key: each for each in data_sets},
            purposes=_titles(document["purposes"]),
            legal_bases=_titles(document["legal_bases"]),
        )
    except (ValueError, KeyError, TypeError, SchemaError) as error:
        raise KnownFaulty(f"the list of data sets is faulty: {error!r}") from error


def _data_set(entry: Mapping[str, Any], document: Mapping[str, Any]) -> DataSet:
    for contract in entry["contracts"]:
        if contract["purpose"] not in document["purposes"]:
            raise KnownFaulty(f"{entry['key']}: the purpose {contract['purpose']} has no name")
        if contract["legal_basis"] not in document["legal_bases"]:
            raise KnownFaulty(f"{entry['key']}: the legal basis {contract['legal_basis']} has no name")
    return DataSet(
        key=entry["key"],
        version=entry["version"],
        holder=entry["holder"],
        path=f"/r1/{document['instance']}/{entry['provider']}/{entry['service']}",
        title=Title(**entry["title"]),
        absence=entry.get("absence"),
        contracts=MappingProxyType(
            {(each["purpose"], each["legal_basis"]): each["id"] for each in entry["contracts"]}
        ),
        fields=MappingProxyType(_fields(entry)),
        _request=_validator(entry["request"]),
        _answer=_validator(entry["answer"]),
    )


def _fields(entry: Mapping[str, Any]) -> dict[str, Title]:
    """Return the names of what an answer tells. Nothing the contract promises may be without one."""
    titles = _titles(entry["fields"])
    told = set(_members(entry["answer"])) - {entry.get("absence"), "as_of"}
    if told != set(titles):
        raise KnownFaulty(f"{entry['key']}: fields without a name, or names without a field")
    return titles


def _members(schema: Mapping[str, Any]) -> Iterator[str]:
    for name, inner in schema["properties"].items():
        if inner.get("type") == "object":
            yield from _members(inner)
        else:
            yield name


def _validator(schema: object) -> Draft202012Validator:
    if not isinstance(schema, dict):
        raise KnownFaulty(f"a schema must be an object: {schema!r}")
    Draft202012Validator.check_schema(schema)
    return Draft202012Validator(schema, format_checker=_FORMATS)


def _schema_of(validator: Draft202012Validator) -> Mapping[str, Any]:
    # The library also knows `true` and `false` as schemas; `_validator` takes none.
    return cast("Mapping[str, Any]", validator.schema)


def _titles(entries: Mapping[str, Mapping[str, str]]) -> dict[str, Title]:
    return {code: Title(fa=entry["fa"], en=entry["en"]) for code, entry in entries.items()}


@_FORMATS.checks("date-time")
def _is_instant(value: object) -> bool:
    # The library leaves this format unchecked without an extra dependency; we need it to carry a zone.
    try:
        return not isinstance(value, str) or dt.datetime.fromisoformat(value).tzinfo is not None
    except ValueError:
        return False
