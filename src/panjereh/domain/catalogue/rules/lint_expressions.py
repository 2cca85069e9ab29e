"""Does every expression say something that can be evaluated? (P020, P021)"""

from collections.abc import Iterator
from typing import Any

from panjereh.domain.catalogue.rules.expressions import ExpressionError, Shape, Type, check
from panjereh.domain.catalogue.rules.source import Fault, Path, Source
from panjereh.domain.catalogue.rules.world import World, expression_shape

Placed = tuple[Path, str, Type, Shape]


def faults(definition: Source, world: World) -> Iterator[Fault]:
    """Yield expressions that do not parse or name something unknown (P020) or have a wrong type (P021)."""
    for path, expression, wanted, shape in _expressions(definition, world):
        line = definition.line(path)
        try:
            found = check(expression, shape).type
        except ExpressionError as fault:
            yield Fault(definition.file, line, "P020", f"{_dotted(path)}: {fault}")
            continue
        if found is not wanted:
            yield Fault(definition.file, line, "P021", f"{_dotted(path)}: {wanted} expected, {found} found")


def _expressions(definition: Source, world: World) -> Iterator[Placed]:
    tree: Any = definition.tree
    fields = [field for page in tree["form"]["pages"] for field in page["fields"]]
    names = frozenset(field["id"] for field in fields)
    yield from _form(tree, names, world)
    earlier: dict[str, str] = {}
    for place, evidence in enumerate(tree["evidence"]):
        # A register is asked with the form, the applicant and the answers that came before, nothing else.
        shape = expression_shape(earlier, names, world)
        yield ("evidence", place, "when"), evidence.get("when", "true"), Type.BOOL, shape
        for name, expression in evidence["request"].items():
            yield ("evidence", place, "request", name), expression, Type.STRING, shape
        earlier[evidence["id"]] = evidence["data_set"]
    shape = expression_shape(earlier, names, world)
    for place, condition in enumerate(tree["eligibility"]):
        yield ("eligibility", place, "expression"), condition["expression"], Type.BOOL, shape
    for place, output in enumerate(tree["outputs"]):
        for section, values in output["data"].items():
            for name, expression in values.items():
                yield ("outputs", place, "data", section, name), expression, Type.STRING, shape


def _form(tree: Any, names: frozenset[str], world: World) -> Iterator[Placed]:
    shape = {"form": expression_shape({}, names, world)["form"]}
    earlier: frozenset[str] = frozenset()
    for number, page in enumerate(tree["form"]["pages"]):
        if "shown_if" in page:
            # Whether a page is asked must be known before it is: only answers of earlier pages can say.
            known = {"form": expression_shape({}, earlier, world)["form"]}
            yield ("form", "pages", number, "shown_if"), page["shown_if"], Type.BOOL, known
        earlier |= {field["id"] for field in page["fields"]}
        for place, field in enumerate(page["fields"]):
            if "shown_if" in field:
                path = ("form", "pages", number, "fields", place, "shown_if")
                yield path, field["shown_if"], Type.BOOL, shape


def _dotted(path: Path) -> str:
    return ".".join(map(str, path))
