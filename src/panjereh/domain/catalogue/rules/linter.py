"""May this pack be installed? Every fault at once, each with file, line and a stable number.

P00x the files · P01x the shape · P02x expressions · P03x texts · P04x once-only · P05x flow · P06x refusals ·
P07x evidence and law · P08x the pack's own tests · P09x names from outside. Each number is explained where it
is raised. A fault of an earlier stage stops the later ones, which could not speak sensibly.
"""

from collections.abc import Iterator, Mapping
from typing import Any

from panjereh.domain.catalogue.rules import (
    lint_evidence,
    lint_expressions,
    lint_flow,
    lint_law,
    lint_texts,
    testing,
)
from panjereh.domain.catalogue.rules.pack import Pack
from panjereh.domain.catalogue.rules.reading import Sources, build_pack, read_sources, shape_faults
from panjereh.domain.catalogue.rules.source import Fault, FaultySourceError, Path
from panjereh.domain.catalogue.rules.world import World


class PackRefusedError(Exception):
    """A pack with faults; `faults` has them all, in order of file and line."""

    def __init__(self, faults: tuple[Fault, ...]) -> None:
        super().__init__("\n".join(map(str, faults)))
        self.faults = faults


def read_pack(contents: Mapping[str, bytes], *, folder: str, world: World) -> Pack:
    """Return the pack in `contents` (path in the folder to bytes). Raises `PackRefusedError`."""
    try:
        sources = read_sources(contents)
    except FaultySourceError as fault:
        raise PackRefusedError((fault.fault,)) from fault
    _refuse(shape_faults(sources.definition))
    _refuse(_definition_faults(sources, frozenset(contents), folder, world))
    pack = build_pack(sources)
    _refuse(testing.test_faults(pack, sources.tests, world))
    return pack


def _definition_faults(sources: Sources, files: frozenset[str], folder: str, world: World) -> Iterator[Fault]:
    definition = sources.definition
    yield from lint_texts.faults(sources)
    yield from lint_flow.faults(definition)
    yield from lint_evidence.faults(definition, world)
    yield from lint_law.faults(definition, world)
    yield from lint_expressions.faults(definition, world)
    yield from _outside_faults(sources, files, folder, world)


def _outside_faults(sources: Sources, files: frozenset[str], folder: str, world: World) -> Iterator[Fault]:
    definition = sources.definition
    tree: Any = definition.tree
    service, outputs = tree["service"], tree["outputs"]
    if service["id"] != folder:
        line = definition.line(("service", "id"))
        yield Fault(definition.file, line, "P091", f"the folder is called {folder}")
    agencies: list[tuple[Path, str]] = [(("service", "owner"), service["owner"])]
    agencies += [
        (("remedies", place, "agency"), remedy["agency"]) for place, remedy in enumerate(tree["remedies"])
    ]
    for path, agency in agencies:
        if agency not in world.agencies:
            yield Fault(definition.file, definition.line(path), "P090", f"no agency is called {agency}")
    if outputs and not any(name.startswith("document/") for name in files):
        yield Fault(definition.file, definition.line(("outputs",)), "P093", "the folder document/ is missing")


def _refuse(faults: Iterator[Fault]) -> None:
    found = tuple(sorted(faults))
    if found:
        raise PackRefusedError(found)
