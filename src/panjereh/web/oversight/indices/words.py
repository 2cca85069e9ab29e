"""Names of parts, levels and methods in the language of the page."""

import unicodedata
from collections.abc import Iterable, Mapping

from django.utils.translation import gettext as _

from panjereh.domain.indices import api as indices
from panjereh.plumbing import pages

# By its number: code holds no such letters.
_HAMZA_ABOVE = chr(0x0654)

PARTS = ("egdi", "osi", "tii", "hci", "epi")
_HAMZA_ABOVE = unicodedata.lookup("ARABIC HAMZA ABOVE")


def part_names() -> Mapping[str, str]:
    """Return the full names of the index, its parts and the participation index."""
    return {
        "egdi": _("E-Government Development Index"),
        "osi": _("Online services"),
        "tii": _("Telecommunication infrastructure"),
        "hci": _("Human capital"),
        "epi": _("E-participation"),
    }


def short_names() -> Mapping[str, str]:
    """Return names that fit at the end of a line of a chart."""
    return {
        **part_names(),
        "egdi": _("E-government"),
        "tii": _("Infrastructure"),
        "epi": _("Participation"),
    }


def level_names() -> Mapping[str, str]:
    """Return the names of the four groups of the survey, the highest first."""
    return {
        "very-high": _("very high"),
        "high": _("high"),
        "middle": _("middle"),
        "low": _("low"),
    }


def question_groups() -> Mapping[str, str]:
    """Return the names of the groups of questions; the empty one is all of online services."""
    return {
        "": _("Online services"),
        "IF": _("institutional framework"),
        "CP": _("content provision"),
        "SP": _("provision of services"),
        "TEC": _("technology"),
        "EPI": _("participation"),
        "EGL": _("e-government literacy"),
    }


def indicator_names() -> Mapping[str, str]:
    """Return the names of raw indicators by the name a method has for them."""
    return {
        "pcs": _("personal computers"),
        "internet_users": _("internet users"),
        "tel_lines": _("telephone lines"),
        "online_pop": _("online population"),
        "mobile": _("mobile subscriptions"),
        "tv": _("television sets"),
        "broadband": _("broadband"),
        "fixed_broadband": _("fixed broadband"),
        "fixed_internet": _("fixed internet subscriptions"),
        "wireless_broadband": _("active mobile broadband"),
        "affordability": _("affordability of broadband (lower is better)"),
        "literacy": _("adult literacy"),
        "gross_enrolment": _("gross enrolment"),
        "expected_schooling": _("expected years of schooling"),
        "mean_schooling": _("mean years of schooling"),
        "egov_literacy": _("e-government literacy"),
    }


def raw_names() -> Mapping[str, str]:
    """Return the names of the raw indicators, in the order in which they are shown."""
    return {
        "internet_users_pct": _("Internet users, percent of the population"),
        "mobile_subs_per100": _("Mobile subscriptions per 100 people"),
        "fixed_broadband_per100": _("Fixed broadband subscriptions per 100 people"),
        "adult_literacy_pct": _("Adult literacy, percent"),
        "expected_years_schooling": _("Expected years of schooling"),
        "mean_years_schooling": _("Mean years of schooling"),
    }


def country_names() -> Mapping[str, str]:
    """Return the names of all countries by their code."""
    language = pages.page_language().value
    # The source writes a hamza after a silent he; no other word of these pages does.
    return {
        iso3: country.name[language].replace(_HAMZA_ABOVE, "")
        for iso3, country in indices.countries().items()
    }


def changes_of_method(names: Iterable[str]) -> str:
    """Return what an edition computes otherwise than the one before, in words."""
    known = {
        "weights": _("weights of the three parts"),
        "scaling": _("how parts are brought to one scale"),
        "osi_subindices": _("online services became a weighted sum of five groups of questions"),
        "tii": _("indicators of infrastructure"),
        "hci": _("indicators of human capital"),
    }
    return _("; ").join(known[name] for name in names)
