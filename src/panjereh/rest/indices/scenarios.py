"""What-ifs that somebody kept, to take away: what was published beside what was tried."""

import csv
import io
from typing import Any, Final
from urllib.parse import urlencode

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext_noop

from panjereh.domain.indices import api as indices
from panjereh.rest.indices import written
from panjereh.rest.indices.shapes import IndexScenarioList
from panjereh.rest.operation import CSV, Call, File, Parameter, operation
from panjereh.rest.reading import TEXT
from panjereh_kernel.refusal import NotFound

MOST: Final = 4
_OTHERS = Parameter(
    "with", gettext_noop("Codes of up to three others to set beside it, with commas between."), TEXT
)
_COLUMNS: Final = (
    *("code", "title", "index", "edition", "country", "kind", "name"),
    *("published", "tried", "low", "high", "estimated", "rank_before", "rank", "rank_best", "rank_worst"),
    *("weight", "published_weight", "method_version", "source", "what_if"),
)
# A spreadsheet computes a cell that begins so, and the title is a stranger's.
_COMPUTED: Final = ("=", "+", "-", "@", "\t", "\r")
_REFUSES: Final = (NotFound, indices.WhatIfImpossible)


@operation(
    name="readIndexScenario",
    about=gettext_noop("A kept what-if, beside what was published"),
    gives=IndexScenarioList,
    query=(_OTHERS,),
    refuses=_REFUSES,
    is_public=True,
)
def scenario(call: Call, code: str) -> dict[str, Any]:
    """Tell a what-if and those set beside it: whoever has the codes may read them."""
    return {"items": _asked(call, code)}


@operation(
    name="downloadIndexScenario",
    about=gettext_noop("A kept what-if as a table"),
    detail="CSV in UTF-8: a row for the index, each part and each raw indicator that was changed.",
    file=CSV,
    query=(_OTHERS,),
    refuses=_REFUSES,
    is_public=True,
)
def table(call: Call, code: str) -> File:
    """Give a what-if and those set beside it as a file."""
    out = io.StringIO()
    write = csv.DictWriter(out, _COLUMNS, restval="", lineterminator="\n")
    write.writeheader()
    for each in _asked(call, code):
        write.writerows(_rows(each))
    return File(f"what-if-{code}.csv", out.getvalue().encode())


def _asked(call: Call, code: str) -> list[dict[str, Any]]:
    others = [each for each in call.query.get("with", "").split(",") if each]
    return [_written(indices.scenario(each)) for each in list(dict.fromkeys([code, *others]))[:MOST]]


def _written(found: indices.Scenario) -> dict[str, Any]:
    edition = indices.edition(found.index, found.edition)
    table = indices.edition_table(found.index, found.edition)
    ranged = indices.try_scenario(found)
    source = indices.sources_of(found.index, found.edition)[found.iso3]
    weights = found.weights or edition.method.weights
    public = settings.PANJEREH.public_url
    return {
        "code": found.code,
        "title": found.title,
        "made_at": found.made_at,
        "address": f"{public}{reverse('oversight:index_scenario', args=(found.code,))}",
        "what_if": f"{public}{reverse('oversight:index_what_if')}?{urlencode(found.question)}",
        "index": found.index,
        "edition": found.edition,
        "country": found.iso3,
        "name": dict(indices.country(found.iso3).name),
        "published_rank": ranged.tried.published_rank,
        "values": [_index_value(table, ranged), *_part_values(table, found.iso3, ranged)],
        "raw": _raw(found),
        "weights": {part: str(weight) for part, weight in weights.items()},
        "published_weights": {part: str(weight) for part, weight in edition.method.weights.items()},
        "weight_states": {name: state.value for name, state in edition.method.weight_states.items()},
        "method_version": edition.method_version,
        "source": written.source_of(indices.sources()[source]),
    }


def _index_value(table: indices.EditionTable, ranged: indices.Ranged) -> dict[str, Any]:
    tried = ranged.tried
    return {
        "part": table.method.index,
        "published": tried.index_before,
        "tried": tried.index,
        "low": ranged.low.index,
        "high": ranged.high.index,
        "estimated": bool(ranged.estimates),
        "rank_before": tried.rank_before,
        "rank": tried.rank,
        "rank_best": ranged.high.rank,
        "rank_worst": ranged.low.rank,
    }


def _part_values(table: indices.EditionTable, iso3: str, ranged: indices.Ranged) -> list[dict[str, Any]]:
    def placed(end: indices.Tried, part: str) -> tuple[float, int]:
        found = end.parts.get(part)
        return (found.after, found.rank) if found else (table.value(iso3, part), table.rank(iso3, part))

    rows = []
    for part in sorted(table.row(iso3).values.keys() - {table.method.index}):
        (tried, rank), (low, worst), (high, best) = (
            placed(end, part) for end in (ranged.tried, ranged.low, ranged.high)
        )
        row = {"part": part, "published": table.value(iso3, part), "tried": tried, "low": low, "high": high}
        row |= {"estimated": part in ranged.estimates, "rank_before": table.rank(iso3, part), "rank": rank}
        rows.append(row | {"rank_best": best, "rank_worst": worst})
    return rows


def _raw(found: indices.Scenario) -> dict[str, dict[str, float]]:
    known = {
        name: each
        for part in indices.raw_parts(found.index, found.edition)
        for name, each in part.known[found.iso3].items()
    }
    return {
        name: {"known": known[name].value, "year": known[name].year, "tried": value}
        for name, value in found.raw.items()
    }


def _rows(told: dict[str, Any]) -> list[dict[str, Any]]:
    title = told["title"]
    same = {name: told[name] for name in ("code", "index", "edition", "country", "method_version", "what_if")}
    same |= {"title": f"'{title}" if title.startswith(_COMPUTED) else title, "source": told["source"]["id"]}
    rows = []
    for value in told["values"]:
        part = value["part"]
        weights = {
            "weight": told["weights"].get(part, ""),
            "published_weight": told["published_weights"].get(part, ""),
        }
        kind = "index" if part == told["index"] else "part"
        told_of = {name: each for name, each in value.items() if name != "part"}
        rows.append({**same, **told_of, **weights, "kind": kind, "name": part})
    for name, raw in told["raw"].items():
        rows.append({**same, "kind": "raw", "name": name, "published": raw["known"], "tried": raw["tried"]})
    return rows
