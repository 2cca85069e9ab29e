"""Editions and scores read by the ORM at each request."""

import json
from collections.abc import Iterable, Sequence
from itertools import islice, pairwise
from typing import Any

from django.db.models import Avg, Count, IntegerField, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.http import Http404

from benchmarks.plain.index_models import IndexEdition, PublishedValue, Score
from panjereh.domain.indices import api as indices
from panjereh.domain.indices.rules.editions import parse_method
from panjereh.web.oversight.indices import words

SURVEY = "egdi"
MOST = 50


def editions(index: str = SURVEY) -> list[IndexEdition]:
    """Return all editions of an index, the oldest first. Raises `Http404` where there are none."""
    found = list(IndexEdition.objects.filter(index=index).order_by("year"))
    if not found:
        raise Http404
    return found


def editions_ranking(iso3: str) -> dict[str, IndexEdition]:
    """Return the editions that ranked a state by year, the newest first."""
    ranking = IndexEdition.objects.filter(index=SURVEY, scores__country_id=iso3, scores__is_ranked=True)
    return {each.year: each for each in ranking.order_by("-year")}


def table(edition: IndexEdition) -> indices.EditionTable:
    """Return an edition with all its states, as the rules take it."""
    names = ("country_id", "is_ranked", "rank", *Score.PARTS)
    rows = edition.scores.order_by("country_id").values_list(*names)
    return indices.EditionTable(
        edition=edition.year,
        method=parse_method(json.loads(edition.method)),
        rows=tuple(
            indices.StateRow(iso3, ranked=ranked, values=_by_part(values), published_rank=rank)
            for iso3, ranked, rank, *values in rows
        ),
    )


def _by_part(values: list[float | None]) -> dict[str, float]:
    return {part: value for part, value in zip(Score.PARTS, values, strict=True) if value is not None}


def with_ranks(iso3: str) -> QuerySet[Score, Any]:
    """Return the scores of a state, the oldest first, with the rank in each part: `osi_rank` and so on."""
    ranks: dict[str, Any] = {f"{part}_rank": _rank_of(part) for part in Score.PARTS[1:]}
    ranks["egdi_rank"] = Coalesce("rank", _rank_of("egdi"))
    rows = Score.objects.filter(edition__index=SURVEY, country_id=iso3, is_ranked=True)
    ranked: QuerySet[Score, Any] = rows.annotate(**ranks).select_related("edition")
    return ranked.order_by("edition__year")


def _rank_of(part: str) -> Any:
    greater = Score.objects.filter(
        edition=OuterRef("edition"), is_ranked=True, **{f"{part}__gt": OuterRef(part)}
    )
    counted = greater.order_by().values("edition").annotate(count=Count("pk")).values("count")
    return 1 + Coalesce(Subquery(counted, output_field=IntegerField()), 0)


def mean_and_count(edition_id: int) -> dict[str, Any]:
    """Return the mean of the states an edition ranked, and how many they are."""
    ranked = Score.objects.filter(edition_id=edition_id, is_ranked=True)
    found: dict[str, Any] = ranked.aggregate(mean=Avg("egdi"), count=Count("pk"))
    return found


def names_in(edition: IndexEdition) -> list[tuple[str, str]]:
    """Return the code and the name of each state an edition ranked."""
    ranked = edition.scores.filter(is_ranked=True).select_related("country")
    return [(each.country_id, each.country.name) for each in ranked]


def standstills(rows: Sequence[Any]) -> list[dict[str, Any]]:
    """Return what of a state did not grow by the latest edition; `rows` are its scores, the oldest first."""
    found = []
    for part in Score.PARTS:
        run = [rows[-1]]
        for later, earlier in pairwise(reversed(rows)):
            before, after = getattr(earlier, part), getattr(later, part)
            if before is None or after is None or after > before:
                break
            run.insert(0, earlier)
        if len(run) > 1:
            found.append(
                {
                    "name": words.part_names()[part],
                    "since": run[0].edition.year,
                    "then": getattr(run[0], part),
                    "now": getattr(run[-1], part),
                    "is_one_measure": not any(each.edition.changes for each in run[1:]),
                }
            )
    return found


def restated(years: Iterable[str], *, iso3: str = "") -> list[PublishedValue]:
    """Return the revisions of figures that were published again, of all states or one; at most `MOST` + 1."""
    again = PublishedValue.objects.filter(
        edition__index=SURVEY, edition__edition__in=list(years), revision__gt=1
    )
    if iso3:
        again = again.filter(iso3=iso3)
    return list(
        islice(again.select_related("edition").order_by("edition", "iso3", "part", "-revision"), MOST + 1)
    )
