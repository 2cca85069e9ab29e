"""Targets and what the editions say of them: there is no way to enter a verdict or a colour."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from panjereh.domain.indices import api as indices
from panjereh.plumbing import edge, pages
from panjereh.web.oversight.indices import lines, words
from panjereh_kernel.jalali import tehran_date

TAGS = {
    indices.Colour.NONE: "",
    indices.Colour.GREEN: "good",
    indices.Colour.AMBER: "wait",
    indices.Colour.RED: "bad",
}


@require_safe
def targets(request: HttpRequest) -> HttpResponse:
    """Show every target with its path, its verdict, and what the promised rank costs now and next time."""
    standings = indices.targets(on=tehran_date(edge.now()))
    return render(
        request,
        "indices/targets.html",
        {
            "standings": [(each, *_chart(each)) for each in standings],
            "tags": TAGS,
            "progress": progress_names(),
            "colours": _colour_names(),
            "names": words.country_names(),
            "parts": words.part_names(),
        },
    )


def _chart(
    standing: indices.TargetStanding,
) -> tuple[list[tuple[int, str]], list[float | None], lines.Path, list[tuple[int, str]]]:
    """Return the editions since the baseline by day, the ranks, the line of the path, and the breaks."""
    target = standing.target
    begin = indices.day_of(target.baseline_edition)
    points = [(begin, target.baseline_edition, target.baseline_rank)]
    points += [(each.on, each.edition, each.rank) for each in standing.verdict.measured]
    path = (
        _("Path to the target"),
        target.begins_on.toordinal(),
        target.baseline_rank,
        target.ends_on.toordinal(),
        target.rank,
    )
    since = [each for each in indices.edition_tables(target.index) if each.edition >= target.baseline_edition]
    breaks = [(indices.day_of(str(year)).toordinal(), words_of) for year, words_of in lines.breaks_of(since)]
    columns = [(on.toordinal(), pages.digits(edition)) for on, edition, _r in points]
    return columns, [rank for *_e, rank in points], path, breaks


def progress_names() -> dict[indices.Progress, str]:
    """Return the verdicts in words."""
    return {
        indices.Progress.WAITING: _("no edition of the period yet"),
        indices.Progress.MET: _("met"),
        indices.Progress.ON_PATH: _("on its path"),
        indices.Progress.BEHIND: _("behind its path"),
        indices.Progress.MISSED: _("missed"),
    }


def _colour_names() -> dict[indices.Colour, str]:
    return {
        indices.Colour.NONE: _("no light yet"),
        indices.Colour.GREEN: _("green"),
        indices.Colour.AMBER: _("amber"),
        indices.Colour.RED: _("red"),
    }
