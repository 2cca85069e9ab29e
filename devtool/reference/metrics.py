"""What Prometheus can read, from the calls that make the metrics."""

from __future__ import annotations

import ast
from dataclasses import dataclass
from typing import TYPE_CHECKING

from devtool.reference import markdown, source

if TYPE_CHECKING:
    from collections.abc import Iterator

# Call → kind, and what Prometheus adds to the name.
_KINDS = {
    "Counter": ("counter", ("_total",)),
    "Histogram": ("histogram", ("_bucket", "_sum", "_count")),
    "GaugeMetricFamily": ("gauge", ("",)),
}
_SHOWN_BY = {
    "panjereh_kernel/metering.py": "every program",
    "panjereh/plumbing/metrics.py": "worker (jobs, exchange), sequencer (what stands in the database)",
}


@dataclass(frozen=True)
class Shown:
    """One metric: its kind, its names as Prometheus has them, what it tells and by what."""

    kind: str
    names: tuple[str, ...]
    told: str
    labels: tuple[str, ...]
    module: source.Module


def all_metrics() -> Iterator[Shown]:
    """Yield the metrics of all programs."""
    for path in _SHOWN_BY:
        module = source.module(path)
        for _, call in source.calls(module, *_KINDS):
            kind, endings = _KINDS[source.written(call.func)]
            name, told = source.text_of(call.args[0]), source.text_of(call.args[1])
            yield Shown(kind, tuple(name + ending for ending in endings), told, _labels(call), module)


def _labels(call: ast.Call) -> tuple[str, ...]:
    given = call.args[2] if len(call.args) > 2 else source.keyword(call, "labels")  # noqa: PLR2004 - the third
    return tuple(map(source.text_of, given.elts)) if isinstance(given, ast.List) else ()


def page() -> str:
    """Return the page of metrics."""
    rows = [
        (markdown.codes(each.names), each.kind, markdown.codes(each.labels), each.told, each.module.link)
        for each in all_metrics()
    ]
    shown = "; ".join(f"{path.rpartition('/')[2]}: {who}" for path, who in _SHOWN_BY.items())
    return markdown.page(
        "Metrics",
        "Each process shows its metrics at `/metrics` of the address in its `…_METRICS_LISTEN`, on loopback "
        f"alone. Shown by: {shown}. Labels are names of the source, never what a caller wrote. What to watch "
        "and examples of alerts: [monitoring](../tutorials/monitoring.md).",
        markdown.table(("metric", "kind", "labels", "what it tells", "made in"), rows),
    )
