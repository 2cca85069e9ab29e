"""Is anything asked that the state knows (P040 to P042)? May each register be asked (P070, P072 to P075)?"""

from collections.abc import Iterator
from typing import Any, Final

from panjereh.domain.catalogue.rules.source import Fault, Path, Source
from panjereh.domain.catalogue.rules.world import World

# Papers the state itself issued: what they say is asked of the register that stands behind them.
STATE_ISSUED: Final = frozenset(
    {
        "birth-certificate",
        "national-card",
        "residence-certificate",
        "title-deed",
        "lease",
        "utility-bill",
        "marriage-deed",
        "military-card",
        "insurance-booklet",
        "school-certificate",
        "business-licence",
        "tax-certificate",
        "passport",
        "driving-licence",
    }
)


def faults(definition: Source, world: World) -> Iterator[Fault]:
    """Yield what breaks once-only, and evidence that no contract or law allows."""
    tree: Any = definition.tree
    for number, page in enumerate(tree["form"]["pages"]):
        for place, field in enumerate(page["fields"]):
            path = ("form", "pages", number, "fields", place)
            yield from _field(definition, path, field, world)
    conditions = {condition["id"] for condition in tree["eligibility"]}
    for place, evidence in enumerate(tree["evidence"]):
        yield from _evidence(definition, ("evidence", place), evidence, world)
        if evidence["fails"] not in conditions:
            about = f"no condition is called {evidence['fails']}"
            yield _fault(definition, ("evidence", place, "fails"), "P075", about)


def _field(definition: Source, path: Path, field: dict[str, Any], world: World) -> Iterator[Fault]:
    if field["kind"] == "upload":
        if field.get("paper") in STATE_ISSUED:
            yield _fault(
                definition, path, "P041", f"asks for a copy of a state-issued paper: {field['paper']}"
            )
        else:
            # GAP: uploads need the blob port with its scanning; until then no pack may ask for one.
            yield _fault(definition, path, "P042", "files cannot be taken yet")
        return
    if field["kind"] == "choice" and "options" not in field:
        yield _fault(definition, path, "P012", "a choice needs options")
    holders = sorted(key for key, held in world.data_sets.items() if field["id"] in held.answer)
    if holders and not _names_what_to_look_up(definition, field):
        yield _fault(definition, path, "P040", f"{field['id']} is already held by {', '.join(holders)}")


def _names_what_to_look_up(definition: Source, field: dict[str, Any]) -> bool:
    """A register cannot be asked without a key: naming the thing is no repeated telling, if it is used so."""
    tree: Any = definition.tree
    used = any(
        f"form.{field['id']}" in expression
        for evidence in tree["evidence"]
        for expression in evidence["request"].values()
    )
    return used and field.get("asked_because") == "names-what-to-look-up"


def _evidence(definition: Source, path: Path, evidence: dict[str, Any], world: World) -> Iterator[Fault]:
    basis = evidence.get("legal_basis")
    if basis is None:
        yield _fault(definition, path, "P070", f"{evidence['id']} has no legal basis")
        return
    held = world.data_sets.get(evidence["data_set"])
    if held is None:
        yield _fault(definition, path, "P072", f"no data set is called {evidence['data_set']}")
        return
    if (evidence["purpose"], basis["instrument"]) not in held.contracts:
        about = f"no contract lets {held.key} be asked for {evidence['purpose']} on {basis['instrument']}"
        yield _fault(definition, path, "P073", about)
    if frozenset(evidence["request"]) != held.request:
        about = f"{held.key} is asked with {', '.join(sorted(held.request))}"
        yield _fault(definition, (*path, "request"), "P074", about)


def _fault(definition: Source, path: Path, number: str, about: str) -> Fault:
    return Fault(definition.file, definition.line(path), number, about)
