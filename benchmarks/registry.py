"""The list of benchmarks, in the order of the report."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Benchmark:
    """One line of the list of targets. Its module has `measure(stage) -> list[Figure]`.

    `id` stands in every figure, `name` is what people type. `how` says how it is measured; `notes` what is
    left out of it, and why. Both are printed with the figures.
    """

    id: str
    name: str
    title: str
    module: str
    how: str
    notes: tuple[str, ...] = ()


BENCHMARKS: tuple[Benchmark, ...] = (
    Benchmark(
        id="B-JOURNEY",
        name="journey",
        title="whole automatic cases",
        module="benchmarks.journey",
        how=(
            "300 cases of 300 practice people, 24 at a time, on programs of their own: three exchange nodes, "
            "registry, practice country, worker, sequencer, PostgreSQL. The person's steps (draft, answer, "
            "gather, submit) go through the doors that the pages call; sign-ins are prepared. The clock ends "
            "when the last case is issued. Every case is checked: issued, one document, one message, three "
            "receipts. Processor time is what the system counted for each program and its children."
        ),
        notes=("Pages and sign-in are measured by themselves.",),
    ),
    Benchmark(
        id="B-DOCS",
        name="documents",
        title="a signed certificate",
        module="benchmarks.documents",
        how=(
            "150 address certificates made as the job makes them, the rendering child process included; each "
            "is verified as the public check does. Medians; the render is taken over groups of ten."
        ),
    ),
    Benchmark(
        id="B-UP",
        name="up",
        title="from the command to the first page",
        module="benchmarks.start",
        how=(
            "`./dev up` in a fresh copy of this checkout with its packages already there: first without a "
            "database, then a second time. The clock runs from the command until the home page answers."
        ),
    ),
)


def named(names: list[str]) -> list[Benchmark]:
    """Return the benchmarks of these names, all of them for none. Raises `LookupError` for an unknown one."""
    known = {each.name: each for each in BENCHMARKS}
    unknown = [name for name in names if name not in known]
    if unknown:
        raise LookupError(
            f"There is no benchmark called {', '.join(unknown)}. There are: {', '.join(known)}."
        )
    return [known[name] for name in dict.fromkeys(names)] if names else list(BENCHMARKS)
