"""Targets with what the editions say of them; the verdict itself is the platform's rule."""

import datetime as dt
from collections.abc import Sequence
from typing import Any

from django.utils.translation import gettext as _

from benchmarks.plain import charts, scores
from benchmarks.plain.index_models import IndexEdition, IndexTarget
from panjereh.domain.indices import api as indices
from panjereh.plumbing import pages
from panjereh.web.oversight.indices import promises as named
from panjereh.web.oversight.indices import words
from panjereh_kernel.jalali import tehran_date


def tables_for(rows: Sequence[IndexTarget], known: Sequence[IndexEdition]) -> list[indices.EditionTable]:
    """Return the editions since the earliest baseline, and the two latest ones."""
    since = min((row.baseline_edition for row in rows), default="")
    latest = {each.year for each in known[-2:]}
    return [scores.table(each) for each in known if each.year >= since or each.year in latest]


def standing(
    row: IndexTarget, tables: Sequence[indices.EditionTable], known: Sequence[IndexEdition], *, on: dt.date
) -> dict[str, Any]:
    """Return a target with its verdict, what its rank costs, and its chart."""
    target = _target(row)
    verdict = indices.verdict(target, tables, on=on)
    drift = indices.median_drift(tables[-2], tables[-1], target.part)
    begin = indices.day_of(target.baseline_edition)
    points = [(begin, target.baseline_edition, target.baseline_rank)]
    points += [(each.on, each.edition, each.rank) for each in verdict.measured]
    since = [each for each in known if each.year > target.baseline_edition]
    return {
        "row": row,
        "target": target,
        "verdict": verdict,
        "tag": named.TAGS[verdict.colour],
        "progress": named.progress_names()[verdict.progress],
        "colour": named._colour_names()[verdict.colour],  # noqa: SLF001 -- words, the same on both pages
        "edition": tables[-1].edition,
        "still": indices.need_of(target, tables[-1]),
        "rising": indices.need_of(target, tables[-1], drift=drift),
        "green": 100 * target.thresholds.green,
        "amber": 100 * target.thresholds.amber,
        "columns": [(day.toordinal(), pages.digits(edition)) for day, edition, _rank in points],
        "ranks": [(words.part_names()[target.part], [float(rank) for *_rest, rank in points])],
        "breaks": [(indices.day_of(str(year)).toordinal(), told) for year, told in charts.breaks(since)],
        "path": [
            (
                _("Path to the target"),
                target.begins_on.toordinal(),
                target.baseline_rank,
                target.ends_on.toordinal(),
                target.rank,
            )
        ],
    }


def _target(row: IndexTarget) -> indices.Target:
    return indices.Target(
        code=row.code,
        index=row.index,
        part=row.part,
        iso3=row.iso3,
        baseline_edition=row.baseline_edition,
        baseline_rank=row.baseline_rank,
        places=row.places,
        begins_on=row.begins_on,
        ends_on=row.ends_on,
        thresholds=indices.Thresholds(**row.thresholds),
        thresholds_fixed_on=row.thresholds_fixed_on,
        thresholds_by=indices.FixedBy(row.thresholds_by),
        taken_in_on=tehran_date(row.recorded_at),
    )
