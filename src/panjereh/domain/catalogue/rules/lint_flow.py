"""Does every case move and end, every wait have a clock, every person a way out (P050 to P055)?

And does every refusal have a remedy (P061)?
"""

from collections.abc import Iterator
from typing import Any, Final

from panjereh.domain.catalogue.rules.source import Fault, Path, Source

WITHDRAW: Final = "withdraw"


def faults(definition: Source) -> Iterator[Fault]:
    """Yield what is wrong with states, actions and remedies."""
    tree: Any = definition.tree
    states = {state["id"]: state for state in tree["flow"]["states"]}
    outputs = {output["id"] for output in tree["outputs"]}
    yield from _duplicates(definition)
    yield from _actions(definition, frozenset(states), frozenset(outputs))
    yield from _states(definition, states)
    yield from _ways_out(definition)
    yield from _remedies(definition)


def _duplicates(definition: Source) -> Iterator[Fault]:
    tree: Any = definition.tree
    lists: dict[Path, Any] = {
        ("evidence",): tree["evidence"],
        ("eligibility",): tree["eligibility"],
        ("remedies",): tree["remedies"],
        ("outputs",): tree["outputs"],
        ("form", "pages"): tree["form"]["pages"],
        ("flow", "states"): tree["flow"]["states"],
        ("flow", "actions"): tree["flow"]["actions"],
    }
    for path, items in lists.items():
        seen: set[str] = set()
        for place, item in enumerate(items):
            if item["id"] in seen:
                yield _fault(definition, (*path, place), "P011", f"{item['id']} stands there twice")
            seen.add(item["id"])
    fields = [field["id"] for page in tree["form"]["pages"] for field in page["fields"]]
    if len(set(fields)) < len(fields):
        yield _fault(definition, ("form",), "P011", "two fields have the same id")


def _actions(definition: Source, states: frozenset[str], outputs: frozenset[str]) -> Iterator[Fault]:
    tree: Any = definition.tree
    for place, action in enumerate(tree["flow"]["actions"]):
        path = ("flow", "actions", place)
        for state in {*action["from"], action["to"]} - states:
            yield _fault(definition, path, "P053", f"no state is called {state}")
        if action.get("makes", "") not in {*outputs, ""}:
            yield _fault(definition, path, "P054", f"no output is called {action['makes']}")
    if tree["flow"]["decided_in"] not in states:
        yield _fault(definition, ("flow", "decided_in"), "P053", "no state is called so")


def _states(definition: Source, states: dict[str, Any]) -> Iterator[Fault]:
    tree: Any = definition.tree
    steps = [(source, action["to"]) for action in tree["flow"]["actions"] for source in action["from"]]
    reached = _closure({next(iter(states))}, steps)
    ends = {name for name, state in states.items() if state["kind"] == "end"}
    ending = _closure(ends, [(target, source) for source, target in steps])
    for place, (name, state) in enumerate(states.items()):
        path = ("flow", "states", place)
        if state["kind"] == "waiting" and "clock" not in state:
            yield _fault(definition, path, "P050", f"{name} waits with no clock")
        if name not in reached:
            yield _fault(definition, path, "P051", f"no case ever comes to {name}")
        if name not in ending:
            yield _fault(definition, path, "P052", f"no case ever leaves {name}")


def _ways_out(definition: Source) -> Iterator[Fault]:
    """Yield the states before the decision that the applicant cannot leave by withdrawing."""
    tree: Any = definition.tree
    flow = tree["flow"]
    actions = flow["actions"]
    back = [(action["to"], source) for action in actions for source in action["from"]]
    undecided = _closure({flow["decided_in"]}, back)
    left = {
        source
        for action in actions
        if action["id"] == WITHDRAW and action["by"] == "applicant"
        for source in action["from"]
    }
    for place, state in enumerate(flow["states"]):
        if state["id"] in undecided - left and state["kind"] != "end":
            about = f"the applicant cannot withdraw in {state['id']}"
            yield _fault(definition, ("flow", "states", place), "P055", about)


def _remedies(definition: Source) -> Iterator[Fault]:
    tree: Any = definition.tree
    remedies = {remedy["id"] for remedy in tree["remedies"] if remedy["against"] == "conditions"}
    for place, condition in enumerate(tree["eligibility"]):
        if condition.get("remedy") not in remedies:
            about = f"{condition['id']} refuses and names no remedy"
            yield _fault(definition, ("eligibility", place), "P061", about)


def _closure(start: set[str], steps: list[tuple[str, str]]) -> set[str]:
    reached = set(start)
    while more := {target for source, target in steps if source in reached} - reached:
        reached |= more
    return reached


def _fault(definition: Source, path: Path, number: str, about: str) -> Fault:
    return Fault(definition.file, definition.line(path), number, about)
