"""Indices as their shapes have them, as tables and as linked data."""

from collections.abc import Callable, Iterable, Mapping
from typing import Any, TypeAlias

from panjereh.domain.indices import api as indices

Address: TypeAlias = Callable[..., str]


def edition(
    edition: indices.Edition, sources: Mapping[str, indices.Source], *, address: Address
) -> dict[str, Any]:
    """Return an edition with where its values are."""
    source = sources[edition.source]
    return {
        "index": edition.index,
        "edition": edition.edition,
        "title": dict(edition.title),
        "ranked": edition.method.ranked,
        "weights": {part: str(weight) for part, weight in edition.method.weights.items()},
        "weight_states": {name: state.value for name, state in edition.method.weight_states.items()},
        "source": source_of(source),
        "values": address("index_edition", edition.index, edition.edition),
        "csv": address("index_values", edition.index, edition.edition),
        "json": address("index_edition_file", edition.index, edition.edition),
    }


def source_of(source: indices.Source) -> dict[str, str]:
    """Return where figures were taken from."""
    names = ("id", "publisher", "title", "taken_from", "version", "licence")
    return {name: getattr(source, name) for name in names}


def state(
    row: indices.StateRow,
    country: indices.Country,
    source: str,
    restated: Iterable[indices.Restatement],
) -> dict[str, Any]:
    """Return a state of an edition, with every revision of what was published again."""
    return {
        "country": row.iso3,
        "name": dict(country.name),
        "rank": row.published_rank,
        "values": dict(row.values) if row.ranked else {},
        "source": source,
        "revisions": {each.part: _revisions(each) for each in restated},
    }


def _revisions(restated: indices.Restatement) -> list[dict[str, Any]]:
    """Return every revision of a figure, the first one first; the last one is in force."""
    return [
        {
            "number": each.number,
            "value": each.value,
            "rank": each.rank,
            "source": each.source,
            "recorded_at": each.recorded_at.isoformat(),
            "by_officers": each.is_decided,
        }
        for each in restated.revisions
    ]


def series(index: str, country: indices.Country, points: Iterable[indices.SeriesPoint]) -> dict[str, Any]:
    """Return a state through the editions."""
    return {
        "index": index,
        "country": country.iso3,
        "name": dict(country.name),
        "items": [
            {
                "edition": each.edition,
                "ranked_states": each.states,
                "values": dict(each.values),
                "ranks": dict(each.ranks),
                "source": each.source,
                "restated": sorted(each.restated),
                "revisions": {part: _revisions(one) for part, one in sorted(each.restated.items())},
            }
            for each in points
        ],
    }


def check(index: str, found: indices.Check) -> dict[str, Any]:
    """Return a recomputed figure with its steps."""
    return {
        "index": index,
        "edition": found.edition,
        "country": found.iso3,
        "part": found.part,
        "published": found.published,
        "published_rank": found.published_rank,
        "reproduced": found.is_reproduced,
        "explained": found.is_explained,
        "steps": [
            {
                "kind": step.kind.value,
                "formula": step.formula,
                "inputs": dict(step.inputs),
                "result": str(step.result) if isinstance(step.result, str) else step.result,
                "published": step.published,
                "difference": step.difference,
                "outcome": step.outcome.value,
                "tied": list(step.tied),
            }
            for step in found.steps
        ],
    }


def target(standing: indices.TargetStanding) -> dict[str, Any]:
    """Return a target with its verdict."""
    target, verdict = standing.target, standing.verdict
    rising = standing.needed_rising
    return {
        "code": target.code,
        "title": dict(standing.title),
        "quote": dict(standing.quote),
        "quoted_from": dict(standing.quoted_from),
        "index": target.index,
        "part": target.part,
        "country": target.iso3,
        "baseline_edition": target.baseline_edition,
        "baseline_rank": target.baseline_rank,
        "rank": target.rank,
        "begins_on": target.begins_on.isoformat(),
        "ends_on": target.ends_on.isoformat(),
        "green_share": target.thresholds.green,
        "amber_share": target.thresholds.amber,
        "thresholds_fixed_on": target.thresholds_fixed_on.isoformat(),
        "thresholds_by": target.thresholds_by.value,
        "thresholds_count": target.has_thresholds_in_time,
        "progress": verdict.progress.value,
        "colour": verdict.colour.value,
        "editions": [
            {"edition": each.edition, "rank": each.rank, "path_rank": round(each.path_rank, 2)}
            for each in verdict.measured
        ],
        "latest_edition": standing.edition,
        "needed": standing.needed_still.value_needed,
        "needed_rising": None if rising is None else rising.value_needed,
    }
