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


BENCHMARKS: tuple[Benchmark, ...] = ()


def named(names: list[str]) -> list[Benchmark]:
    """Return the benchmarks of these names, all of them for none. Raises `LookupError` for an unknown one."""
    known = {each.name: each for each in BENCHMARKS}
    unknown = [name for name in names if name not in known]
    if unknown:
        raise LookupError(
            f"There is no benchmark called {', '.join(unknown)}. There are: {', '.join(known)}."
        )
    return [known[name] for name in dict.fromkeys(names)] if names else list(BENCHMARKS)
