"""How the index is made: formulas, parameters of every edition with how sure each is, and known faults."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from panjereh.domain.indices import api as indices
from panjereh.web.oversight.indices import words
from panjereh.web.oversight.indices.reading import INDEX, tables


@require_safe
def method(request: HttpRequest) -> HttpResponse:
    """Show how the index is computed, edition by edition, and what cannot be recomputed."""
    known = list(reversed(tables()))
    return render(
        request,
        "indices/method.html",
        {
            "tables": known,
            "editions": {each.edition: each for each in indices.editions(INDEX)},
            "unexplained": [(table, indices.explained_figures(INDEX, table.edition)) for table in known],
            "names": words.country_names(),
            "parts": words.part_names(),
            "short": words.short_names(),
            "groups": words.question_groups(),
            "states": {
                indices.WeightState.CONFIRMED: ("good", _("confirmed")),
                indices.WeightState.REPORTED: ("", _("reported")),
                indices.WeightState.UNCONFIRMED: ("wait", _("unconfirmed")),
            },
            "parameters": _parameters(),
            "indicators": words.indicator_names(),
            "scalings": {
                indices.Scaling.RATIO_TO_MAX: _("ratio to the highest"),
                indices.Scaling.ZSCORE_MINMAX: _("z-score, then from the lowest to the highest"),
                indices.Scaling.NONE: _("none"),
            },
        },
    )


def _parameters() -> dict[str, str]:
    return {
        "weights": _("Weights of the three parts"),
        "scaling": _("How parts are brought to one scale"),
        "tii": _("Indicators of infrastructure and their weights"),
        "hci": _("Indicators of human capital and their weights"),
        "osi_points": _("Points of online services"),
        "epi_points": _("Points of e-participation"),
        "osi_subindices": _("Groups of questions of online services and their weights"),
        "questions": _("Questions by group"),
    }
