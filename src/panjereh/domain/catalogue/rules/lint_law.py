"""Does every legal reference lead to an article in force when the pack begins (P071, P076 to P078)?"""

import datetime as dt
from collections.abc import Iterator
from typing import Any

from panjereh.domain.catalogue.rules.source import Fault, Path, Source
from panjereh.domain.catalogue.rules.world import World


def faults(definition: Source, world: World) -> Iterator[Fault]:
    """Yield references to law that is not there or does not bind, and limits of law that name none."""
    tree: Any = definition.tree
    begins = dt.date.fromisoformat(tree["service"]["valid_from"])
    for path, law in _references(tree):
        yield from _reference(definition, path, law, begins, world)
    for place, state in enumerate(tree["flow"]["states"]):
        clock = state.get("clock", {})
        if clock.get("nature") == "law" and "law" not in clock:
            about = f"the limit of {state['id']} is one of law and names none"
            yield _fault(definition, ("flow", "states", place, "clock"), "P078", about)


def _references(tree: Any) -> Iterator[tuple[Path, dict[str, str]]]:
    """Yield every place that cites the law: conditions, evidence, the fee, and clocks."""
    for place, condition in enumerate(tree["eligibility"]):
        yield ("eligibility", place, "law"), condition["law"]
    for place, evidence in enumerate(tree["evidence"]):
        if "legal_basis" in evidence:
            yield ("evidence", place, "legal_basis"), evidence["legal_basis"]
    if "law" in tree["fee"]:
        yield ("fee", "law"), tree["fee"]["law"]
    for place, state in enumerate(tree["flow"]["states"]):
        if "law" in state.get("clock", {}):
            yield ("flow", "states", place, "clock", "law"), state["clock"]["law"]


def _reference(
    definition: Source, path: Path, law: dict[str, str], begins: dt.date, world: World
) -> Iterator[Fault]:
    name, article = law["instrument"], law["article"]
    known = world.instruments.get(name)
    if known is None:
        yield _fault(definition, path, "P071", f"the directory has no legal instrument {name}")
        return
    if not known.validity.covers(begins):
        yield _fault(definition, path, "P077", f"{name} is not in force on {begins}")
    if not article:
        return  # the instrument as a whole
    versions = known.articles.get(article)
    if versions is None:
        yield _fault(definition, path, "P076", f"{name} has no article {article} in the directory")
    elif not any(version.covers(begins) for version in versions):
        yield _fault(definition, path, "P077", f"article {article} of {name} is not in force on {begins}")


def _fault(definition: Source, path: Path, number: str, about: str) -> Fault:
    return Fault(definition.file, definition.line(path), number, about)
