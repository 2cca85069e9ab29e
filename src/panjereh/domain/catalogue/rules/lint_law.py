"""Does every rule, evidence and duty stand on an article that is there and binds (P071, P076 to P079)?"""

import datetime as dt
from collections.abc import Iterator
from typing import Any

from panjereh.domain.catalogue.rules.pack import Certainty
from panjereh.domain.catalogue.rules.source import Fault, Path, Source
from panjereh.domain.catalogue.rules.world import Validity, World


def faults(definition: Source, world: World) -> Iterator[Fault]:
    """Yield law that is not there or does not bind, and what claims to be law without one."""
    tree: Any = definition.tree
    begins = dt.date.fromisoformat(tree["service"]["valid_from"])
    for path, law in _references(tree):
        yield from _reference(definition, path, law, begins, world)
    for path, duty in _duties(tree):
        yield from _duty(definition, path, duty)


def _references(tree: Any) -> Iterator[tuple[Path, dict[str, str]]]:
    """Yield every place that cites the law: conditions, evidence and duties."""
    for place, condition in enumerate(tree["eligibility"]):
        yield ("eligibility", place, "law"), condition["law"]
    for place, evidence in enumerate(tree["evidence"]):
        if "legal_basis" in evidence:
            yield ("evidence", place, "legal_basis"), evidence["legal_basis"]
    for path, duty in _duties(tree):
        if "law" in duty:
            yield (*path, "law"), duty["law"]


def _duties(tree: Any) -> Iterator[tuple[Path, dict[str, Any]]]:
    """Yield what binds somebody beside the conditions: fee, limits, remedies, validity of documents."""
    yield ("fee",), tree["fee"]
    for place, state in enumerate(tree["flow"]["states"]):
        if "clock" in state:
            yield ("flow", "states", place, "clock"), state["clock"]
    for place, remedy in enumerate(tree["remedies"]):
        yield ("remedies", place), remedy
    for place, output in enumerate(tree["outputs"]):
        yield ("outputs", place, "valid"), output["valid"]


# A fee needs a law that allows it (law: public-finance-act-1380#4).
def _duty(definition: Source, path: Path, duty: dict[str, Any]) -> Iterator[Fault]:
    if "law" in duty:
        if duty["certainty"] < duty["law"]["certainty"]:
            yield _fault(definition, path, "P079", "it is given as surer than the law it cites")
    elif duty.get("nature") == "law":
        yield _fault(definition, path, "P078", "the limit is said to be one of law and names none")
    elif duty.get("rial", "0") != "0":
        yield _fault(definition, path, "P078", "a fee is asked and no law is named that allows it")
    elif Certainty(duty["certainty"]).is_law:
        yield _fault(definition, path, "P078", "a text is said to have been seen and none is named")


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
    if not article:  # the instrument as a whole
        yield from _surer(definition, path, law, known.validity)
        return
    versions = known.articles.get(article)
    if versions is None:
        yield _fault(definition, path, "P076", f"{name} has no article {article} in the directory")
        return
    in_force = next((version for version in versions if version.covers(begins)), None)
    if in_force is None:
        yield _fault(definition, path, "P077", f"article {article} of {name} is not in force on {begins}")
    else:
        yield from _surer(definition, path, law, in_force)


def _surer(definition: Source, path: Path, law: dict[str, str], known: Validity) -> Iterator[Fault]:
    if law["certainty"] < known.certainty:
        about = (
            f"{law['instrument']} is cited with certainty {law['certainty']}, known with {known.certainty}"
        )
        yield _fault(definition, path, "P079", about)


def _fault(definition: Source, path: Path, number: str, about: str) -> Fault:
    return Fault(definition.file, definition.line(path), number, about)
