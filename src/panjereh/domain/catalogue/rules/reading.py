"""From files to a `Pack`: the schema says the shape, this module turns checked strings into values."""

import datetime as dt
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from importlib.resources import files
from typing import Any, Final

from jsonschema import Draft202012Validator, FormatChecker

from panjereh.domain.catalogue.rules.pack import (
    Action,
    Certainty,
    Clock,
    Condition,
    Evidence,
    Fee,
    Field,
    FieldKind,
    Law,
    Option,
    Output,
    Pack,
    Page,
    Remedy,
    State,
    StateKind,
    Texts,
)
from panjereh.domain.catalogue.rules.source import Fault, FaultySourceError, Source, read_source
from panjereh_kernel.working_calendar import DayKind

LANGUAGES: Final = ("fa", "en")
DEFINITION: Final = "service.yaml"
TESTS: Final = "tests.yaml"
TEXT_FILES: Final = {language: f"texts/{language}.yaml" for language in LANGUAGES}
REQUIRED_FILES: Final = (DEFINITION, TESTS, *TEXT_FILES.values())

_FORMATS: Final = FormatChecker(formats=("date",))
_SCHEMA: Final = Draft202012Validator(
    json.loads(files(__package__).joinpath("pack.schema.json").read_text("utf-8")), format_checker=_FORMATS
)


@dataclass(frozen=True, slots=True)
class Sources:
    """The four YAML files of a pack, read but not yet understood."""

    definition: Source
    tests: Source
    texts: Mapping[str, Source]


def read_sources(contents: Mapping[str, bytes]) -> Sources:
    """Read the files of a pack. Raises `FaultySourceError` for a missing or unreadable one."""
    for name in REQUIRED_FILES:
        if name not in contents:
            raise FaultySourceError(Fault(name, 1, "P001", "the file is missing"))
    read = {name: read_source(name, contents[name]) for name in REQUIRED_FILES}
    return Sources(read[DEFINITION], read[TESTS], {code: read[name] for code, name in TEXT_FILES.items()})


def shape_faults(definition: Source) -> Iterator[Fault]:
    """Yield where a definition does not fit the schema (P010)."""
    for error in sorted(_SCHEMA.iter_errors(definition.tree), key=lambda error: error.json_path):
        path = tuple(error.absolute_path)
        # The value itself may be long and is the author's; the rule that refused it is short and ours.
        about = f"{error.json_path}: does not fit {error.validator} {error.validator_value!s:.80}"
        yield Fault(definition.file, definition.line(path), "P010", about)


def build_pack(sources: Sources) -> Pack:
    """Return the pack. The sources must have passed the linter; a missing text or key is a bug here."""
    return _Builder(sources).pack()


class _Builder:
    """Joins the definition with the texts that belong to each of its parts, by their dotted keys."""

    def __init__(self, sources: Sources) -> None:
        self.tree: Any = sources.definition.tree
        self.texts: dict[str, Any] = {code: source.tree for code, source in sources.texts.items()}

    def text(self, key: str) -> Texts:
        return {language: str(self.texts[language][key]) for language in LANGUAGES}

    def pack(self) -> Pack:
        service, flow = self.tree["service"], self.tree["flow"]
        return Pack(
            id=service["id"],
            version=int(service["version"]),
            valid_from=dt.date.fromisoformat(service["valid_from"]),
            reviewed_on=dt.date.fromisoformat(service["reviewed_on"]),
            owner=service["owner"],
            licence=service["licence"],
            title=self.text("title"),
            summary=self.text("summary"),
            result=self.text("result"),
            keywords={language: tuple(self.texts[language]["keywords"]) for language in LANGUAGES},
            visits=int(self.tree["start"]["visits"]),
            evidence=tuple(map(self.evidence, self.tree["evidence"])),
            conditions=tuple(map(self.condition, self.tree["eligibility"])),
            pages=tuple(map(self.page, self.tree["form"]["pages"])),
            fee=_fee(self.tree["fee"]),
            states=tuple(map(self.state, flow["states"])),
            actions=tuple(map(_action, flow["actions"])),
            decided_in=flow["decided_in"],
            remedies=tuple(map(self.remedy, self.tree["remedies"])),
            outputs=tuple(map(self.output, self.tree["outputs"])),
        )

    def evidence(self, part: dict[str, Any]) -> Evidence:
        return Evidence(
            id=part["id"],
            data_set=part["data_set"],
            requirement=self.text(f"evidence.{part['id']}.requirement"),
            purpose=part["purpose"],
            legal_basis=_law(part["legal_basis"]),
            when=part.get("when", "true"),
            request=part["request"],
            fails=part["fails"],
        )

    def condition(self, part: dict[str, Any]) -> Condition:
        key = f"eligibility.{part['id']}"
        remedy = next(remedy for remedy in self.tree["remedies"] if remedy["id"] == part["remedy"])
        return Condition(
            id=part["id"],
            expression=part["expression"],
            met=self.text(f"{key}.met"),
            reason=self.text(f"{key}.reason"),
            law=_law(part["law"]),
            remedy=self.remedy(remedy),
        )

    def remedy(self, part: dict[str, Any]) -> Remedy:
        key = f"remedies.{part['id']}"
        what, where = self.text(f"{key}.what"), self.text(f"{key}.where")
        certainty, law = Certainty(part["certainty"]), _law_if_any(part)
        return Remedy(part["id"], part["against"], part["agency"], what, where, certainty, law)

    def page(self, part: dict[str, Any]) -> Page:
        title = self.text(f"form.{part['id']}.title")
        return Page(part["id"], title, part.get("shown_if", ""), tuple(map(self.field, part["fields"])))

    def field(self, part: dict[str, Any]) -> Field:
        key = f"fields.{part['id']}"
        return Field(
            id=part["id"],
            kind=FieldKind(part["kind"]),
            label=self.text(f"{key}.label"),
            hint=self.text(f"{key}.hint"),
            shown_if=part.get("shown_if", ""),
            options=tuple(self.option(key, option) for option in part.get("options", ())),
            max_length=int(part.get("max_length", 0)),
            asked_because=part.get("asked_because", ""),
            paper=part.get("paper", ""),
        )

    def option(self, key: str, option: str) -> Option:
        return Option(option, self.text(f"{key}.{option}.label"), self.text(f"{key}.{option}.hint"))

    def state(self, part: dict[str, Any]) -> State:
        key = f"states.{part['id']}"
        clock = _clock(part["clock"]) if "clock" in part else None
        return State(
            part["id"], StateKind(part["kind"]), self.text(f"{key}.label"), self.text(f"{key}.step"), clock
        )

    def output(self, part: dict[str, Any]) -> Output:
        title = self.text(f"outputs.{part['id']}.title")
        valid = part["valid"]
        months, certainty = int(valid["months"]), Certainty(valid["certainty"])
        law = _law_if_any(valid)
        return Output(part["id"], part["template"], title, months, certainty, part["data"], law)


def _law(part: dict[str, str]) -> Law:
    return Law(part["instrument"], part["article"], Certainty(part["certainty"]))


def _law_if_any(part: dict[str, Any]) -> Law | None:
    return _law(part["law"]) if "law" in part else None


def _clock(part: dict[str, Any]) -> Clock:
    return Clock(
        int(part["days"]),
        DayKind(part["kind"]),
        part["nature"] == "law",
        Certainty(part["certainty"]),
        part["at_end"],
        _law_if_any(part),
    )


def _fee(part: dict[str, Any]) -> Fee:
    return Fee(int(part["rial"]), Certainty(part["certainty"]), _law_if_any(part))


def _action(part: dict[str, Any]) -> Action:
    return Action(part["id"], tuple(part["from"]), part["to"], part["by"], part.get("makes", ""))
