"""Are all texts there, in both languages, in one spelling, and none besides? (P030 to P033, P060)"""

from collections.abc import Iterator
from typing import Any, Final

from panjereh.domain.catalogue.rules.reading import LANGUAGES, Sources
from panjereh.domain.catalogue.rules.source import Fault, Source, Tree
from panjereh_kernel.persian import normalise, to_ascii_digits

_MISSING: Final = {"fa": "P030", "en": "P031"}


def faults(sources: Sources) -> Iterator[Fault]:
    """Yield what is wrong with the texts of a pack."""
    needed = dict(_needed(sources.definition))
    for language in LANGUAGES:
        source = sources.texts[language]
        texts = source.tree if isinstance(source.tree, dict) else {}
        for key, line in needed.items():
            if not _is_text(key, texts.get(key)):
                # A refusal without its reason is worse than a missing label, and has its own number.
                number = "P060" if key.endswith(".reason") else _MISSING[language]
                yield Fault(sources.definition.file, line, number, f"{source.file} has no text {key}")
        yield from _strange(source, texts, needed)


def _needed(definition: Source) -> Iterator[tuple[str, int]]:
    tree: Any = definition.tree
    for key in ("title", "summary", "result", "keywords"):
        yield key, definition.line(("service",))
    parts = (
        ("evidence", tree["evidence"], ("evidence",), ("requirement",)),
        ("eligibility", tree["eligibility"], ("eligibility",), ("met", "reason")),
        ("remedies", tree["remedies"], ("remedies",), ("what", "where")),
        ("form", tree["form"]["pages"], ("form", "pages"), ("title",)),
        ("states", tree["flow"]["states"], ("flow", "states"), ("label", "step")),
        ("outputs", tree["outputs"], ("outputs",), ("title",)),
    )
    for prefix, items, path, endings in parts:
        for place, item in enumerate(items):
            for ending in endings:
                yield f"{prefix}.{item['id']}.{ending}", definition.line((*path, place))
    for number, page in enumerate(tree["form"]["pages"]):
        for place, field in enumerate(page["fields"]):
            line = definition.line(("form", "pages", number, "fields", place))
            for name in (field["id"], *(f"{field['id']}.{option}" for option in field.get("options", ()))):
                yield f"fields.{name}.label", line
                yield f"fields.{name}.hint", line


def _is_text(key: str, value: Tree | None) -> bool:
    if key == "keywords":
        return isinstance(value, list) and all(isinstance(word, str) and word for word in value)
    return isinstance(value, str) and bool(value.strip())


def _strange(source: Source, texts: dict[str, Tree], needed: dict[str, int]) -> Iterator[Fault]:
    for key, value in texts.items():
        line = source.line((key,))
        if key not in needed:
            yield Fault(source.file, line, "P032", f"nothing uses the text {key}")
        elif isinstance(value, str) and to_ascii_digits(value) != normalise(value):
            yield Fault(
                source.file, line, "P033", f"{key} has Arabic letters, stray spaces or hidden characters"
            )
