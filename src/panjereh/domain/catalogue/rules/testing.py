"""Running a pack's own tests: an example of every answer before the first real person gets one.

Numbers: P080 no tests or a broken one · P081 a test failed · P082 a condition that no test sees hold and fail
· P075 an unknown person or thing that the condition named for it lets pass.
"""

from collections.abc import Iterator, Mapping
from typing import Any, Final

from jsonschema import Draft202012Validator

from panjereh.domain.catalogue.rules.deciding import (
    Decision,
    Finding,
    UndecidableError,
    decide,
    document_data,
    request_of,
)
from panjereh.domain.catalogue.rules.expressions import Type, Value
from panjereh.domain.catalogue.rules.pack import Evidence, Pack
from panjereh.domain.catalogue.rules.source import Fault, Source
from panjereh.domain.catalogue.rules.world import APPLICANT, World, sample_fields

_STRINGS: Final = {"type": "object", "additionalProperties": {"type": "string"}}
_SCHEMA: Final = Draft202012Validator(
    {
        "type": "array",
        "minItems": 1,
        "items": {
            "type": "object",
            "required": ["name", "form", "facts", "expect"],
            "additionalProperties": False,
            "properties": {
                "name": {"type": "string", "minLength": 1},
                "form": _STRINGS,
                "facts": {"type": "object", "additionalProperties": _STRINGS},
                "expect": {
                    "type": "object",
                    "required": ["outcome"],
                    "additionalProperties": False,
                    "properties": {
                        "outcome": {"enum": ["granted", "refused"]},
                        "failed": {"type": "array", "items": {"type": "string"}},
                    },
                },
            },
        },
    }
)

Known = dict[str, Mapping[str, Value] | None]


def test_faults(pack: Pack, tests: Source, world: World) -> Iterator[Fault]:
    """Yield what the tests of a pack find, and what they leave untested."""
    errors = sorted(_SCHEMA.iter_errors(tests.tree), key=lambda error: error.json_path)
    if errors:
        line = tests.line(tuple(errors[0].absolute_path))
        yield Fault(tests.file, line, "P080", "a pack needs tests, each with name, form, facts and expect")
        return
    seen: set[tuple[str, Finding]] = set()
    trees: Any = tests.tree
    for place, test in enumerate(trees):
        try:
            facts = _facts(pack, test, world)
            decision = decide(pack, facts)
            seen |= set(decision.conditions)
            _make_documents(pack, decision, facts)
        except (UndecidableError, _BrokenTestError) as fault:
            yield Fault(tests.file, tests.line((place,)), "P080", f"{test['name']}: {fault}")
            continue
        yield from _compare(tests, place, test, decision)
        yield from _absences(pack, tests, place, facts)
    yield from _untested(pack, tests, seen)


class _BrokenTestError(Exception):
    """A test that gives facts the pack does not use, or leaves out evidence it asks for."""


def _facts(pack: Pack, test: Any, world: World) -> Known:
    fields = {field.id for page in pack.pages for field in page.fields}
    names = {evidence.id for evidence in pack.evidence}
    if test["form"].keys() - fields or test["facts"].keys() - names:
        raise _BrokenTestError("names a field or evidence the pack does not have")
    facts: Known = {
        "applicant": sample_fields(APPLICANT),
        "form": dict.fromkeys(fields, "") | test["form"],
    }
    for evidence in pack.evidence:
        asked = request_of(evidence, facts) is not None
        facts[evidence.id] = _answer(evidence, test["facts"].get(evidence.id), world) if asked else None
    return facts


def _answer(evidence: Evidence, given: Mapping[str, str] | None, world: World) -> dict[str, Value]:
    if given is None:
        raise _BrokenTestError(f"{evidence.id} is asked, and the test has no answer")
    fields = world.data_sets[evidence.data_set].answer
    if given.keys() - fields.keys():
        raise _BrokenTestError(
            f"{evidence.id} has no field {', '.join(sorted(given.keys() - fields.keys()))}"
        )
    values = {name: _value(text, fields[name]) for name, text in given.items()}
    if values.get("found") is False:
        return {"found": False}
    return sample_fields(fields) | values


def _value(text: str, kind: Type) -> Value:
    if kind is Type.BOOL:
        return text == "true"
    return int(text) if kind is Type.INT else text


def _make_documents(pack: Pack, decision: Decision, facts: Known) -> None:
    if not decision.failed_conditions:
        for output in pack.outputs:
            document_data(output, facts)


def _compare(tests: Source, place: int, test: Any, decision: Decision) -> Iterator[Fault]:
    wanted = (test["expect"]["outcome"], tuple(test["expect"].get("failed", ())))
    found = (str(decision.outcome), decision.failed_conditions)
    if wanted != found:
        about = f"{test['name']}: {found[0]} {', '.join(found[1])}".rstrip()
        yield Fault(tests.file, tests.line((place,)), "P081", about)


def _absences(pack: Pack, tests: Source, place: int, facts: Known) -> Iterator[Fault]:
    """Take each answer away in turn: the condition named for its absence must fail, not pass or break."""
    for evidence in pack.evidence:
        if facts[evidence.id] is None:
            continue
        try:
            without = decide(pack, facts | {evidence.id: {"found": False}})
        except UndecidableError as fault:
            yield Fault(tests.file, tests.line((place,)), "P075", f"without {evidence.id}: {fault}")
            continue
        if evidence.fails not in without.failed_conditions:
            about = f"{evidence.fails} does not fail without {evidence.id}"
            yield Fault(tests.file, tests.line((place,)), "P075", about)


def _untested(pack: Pack, tests: Source, seen: set[tuple[str, Finding]]) -> Iterator[Fault]:
    for condition in pack.conditions:
        for finding in (Finding.HELD, Finding.FAILED):
            if (condition.id, finding) not in seen:
                yield Fault(tests.file, 1, "P082", f"no test in which {condition.id} {finding}")
