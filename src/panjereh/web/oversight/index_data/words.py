"""Names of parts, raw indicators and lists in the language of the page."""

from collections.abc import Mapping

from django.utils.translation import gettext as _

from panjereh.domain.indices import api as indices
from panjereh.plumbing import pages
from panjereh.web.oversight.indices import words

country_names = words.country_names


def part_names() -> Mapping[str, str]:
    """Return the names of all indices and their parts."""
    return {
        **{each.index: pages.either(each.title) for each in indices.editions()},
        **words.part_names(),
        "coverage": _("Coverage of the statistics"),
        "openness": _("Openness of the statistics"),
        "social": _("Social statistics"),
        "economic": _("Economic and financial statistics"),
        "environment": _("Environmental statistics"),
        "digital_design": _("Digital by design"),
        "data_driven": _("Data-driven public sector"),
        "govt_as_platform": _("Government as a platform"),
        "open_default": _("Open by default"),
        "user_driven": _("User-driven"),
        "proactiveness": _("Proactiveness"),
    }


def licence(named: str) -> str:
    """Return a licence as the sources name it, in words of the page where it is no sign of its own."""
    return {
        "none stated": _("none stated"),
        "re-use permitted by the OECD": _("re-use permitted by the OECD"),
    }.get(named, named)


def question_sets() -> Mapping[str, str]:
    """Return the names of the lists of questions."""
    return {
        "osi-2024": _("Questions about national portals, 2024"),
        "losi-2024": _("Questions about portals of cities, 2024"),
    }


def question_parts() -> Mapping[str, str]:
    """Return the names of the parts of the lists of questions."""
    return {**words.question_groups(), "PE": _("participation and engagement")}
