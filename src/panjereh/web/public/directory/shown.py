"""What the pages of agencies and law show, gathered from the directory and the catalogue."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable
from typing import Any, Final

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from panjereh.domain.catalogue import api as catalogue
from panjereh.domain.directory import api as directory
from panjereh.plumbing import pages
from panjereh.web.public.directory import provenance
from panjereh_kernel.sorting import sort_key

# The order of the list; every kind the directory knows.
KINDS: Final = {
    "presidency": gettext_noop("Presidency"),
    "ministry": gettext_noop("Ministries"),
    "president_org": gettext_noop("Organisations of the president"),
    "affiliated": gettext_noop("Affiliated organisations"),
    "company": gettext_noop("State companies"),
    "public": gettext_noop("Public bodies"),
    "judiciary": gettext_noop("Judiciary"),
    "legislative": gettext_noop("Legislature"),
    "municipality": gettext_noop("Municipalities"),
}
INSTRUMENT_KINDS: Final = {
    "act": gettext_noop("Act"),
    "by-law": gettext_noop("By-law"),
    "resolution": gettext_noop("Resolution"),
    "circular": gettext_noop("Circular"),
}
ENDS: Final = {
    "superseded": gettext_noop("Superseded"),
    "repealed": gettext_noop("Repealed"),
    "expired": gettext_noop("Expired"),
}
# What an instrument does to another, and what the other bears.
DOES: Final = {
    "amends": gettext_noop("Amends"),
    "supersedes": gettext_noop("Supersedes"),
    "repeals": gettext_noop("Repeals"),
    "rests-on": gettext_noop("Rests on"),
}
BEARS: Final = {
    "amends": gettext_noop("Amended by"),
    "supersedes": gettext_noop("Superseded by"),
    "repeals": gettext_noop("Repealed by"),
    "rests-on": gettext_noop("Basis of"),
}
_NOTE: Final = "note-"
Link = tuple[str, str]  # code, name


def by_kind(*, on: dt.date) -> list[tuple[str, list[Link]]]:
    """Return the agencies of a day under the names of their kinds."""
    groups: dict[str, list[directory.Agency]] = defaultdict(list)
    for each in directory.agencies(on=on).values():
        groups[each.kind].append(each)
    return [(_(title), _links(groups[kind])) for kind, title in KINDS.items() if groups[kind]]


def agency(agency_id: str, *, on: dt.date) -> dict[str, Any]:
    """Return the values of an agency's page."""
    # One reading of all: parents, children and those it came from are among them.
    known = directory.agencies()
    if agency_id not in known:
        raise directory.AgencyUnknown
    found = known[agency_id]
    today = [each for each in known.values() if each.valid_to is None or each.valid_to > on]
    passed = directory.successions_of([agency_id])
    return {
        "agency": found,
        "origin": provenance.of_entry(found.source, found.certainty, found.recorded_at),
        "above": _above(found, known),
        "below": _links([each for each in today if each.parent_id == agency_id]),
        "came_from": [
            (known[each.predecessor_id], each.on) for each in passed if each.successor_id == agency_id
        ],
        "became": [
            (known[each.successor_id], each.on) for each in passed if each.predecessor_id == agency_id
        ],
        "units": _offices(directory.units_of([agency_id], on=on).get(agency_id, ())),
        "services": _links_of_services(agency_id),
    }


def instrument(instrument_id: str, *, on: dt.date) -> dict[str, Any]:
    """Return the values of an instrument's page."""
    found = directory.legal_instrument(instrument_id)
    citing: dict[str, list[catalogue.Citation]] = defaultdict(list)
    for each in catalogue.citations(instrument_id):
        citing[each.article].append(each)
    articles = directory.legal_articles([instrument_id]).get(instrument_id, ())
    return {
        "instrument": found,
        "origin": provenance.of_entry(found.source, found.certainty, found.recorded_at),
        "facts": _facts(found),
        "end": _(ENDS[found.end_kind]) if found.end_kind else "",
        "is_in_force": found.is_in_force(on),
        "articles": [
            (_heading(each), pages.either(each.about), each.certainty, citing[each.number])
            for each in articles
            if each.is_in_force(on)
        ],
        "whole": citing[""],
        "relations": _relations(found),
    }


def _facts(found: directory.LegalInstrument) -> list[tuple[str, str]]:
    """Return kind, issuer and the days of its life that are known."""
    issuer = directory.agencies([found.issuer_id]) if found.issuer_id else {}
    days = (
        (_("Approved on"), found.approved_on),
        (_("Confirmed"), found.confirmed_on),
        (_("Issued"), found.issued_on),
        (_("Published"), found.published_on),
        (_("In force since"), found.in_force_on),
        (_("In force until"), found.ended_on),
    )
    return [
        (_("Kind"), _(INSTRUMENT_KINDS[found.kind])),
        *((_("Made by"), pages.either(each.name)) for each in issuer.values()),
        *((title, pages.show_date(day)) for title, day in days if day is not None),
    ]


def _relations(found: directory.LegalInstrument) -> list[tuple[str, Link]]:
    relations = directory.legal_relations(found.id)
    others = directory.legal_instruments(
        {each.other_id if each.instrument_id == found.id else each.instrument_id for each in relations}
    )
    return [
        (_(DOES[each.kind]), (each.other_id, pages.either(others[each.other_id].title)))
        if each.instrument_id == found.id
        else (_(BEARS[each.kind]), (each.instrument_id, pages.either(others[each.instrument_id].title)))
        for each in relations
    ]


def _heading(article: directory.Article) -> str:
    if article.number.startswith(_NOTE):
        return _("Note %(number)s") % {"number": pages.digits(article.number.removeprefix(_NOTE))}
    return _("Article %(number)s") % {"number": pages.digits(article.number)}


def _above(found: directory.Agency, known: dict[str, directory.Agency]) -> list[Link]:
    above: list[Link] = []
    parent = found.parent_id
    while parent is not None and parent in known:
        above.insert(0, (parent, pages.either(known[parent].name)))
        parent = known[parent].parent_id
    return above


def _offices(units: Iterable[directory.Unit]) -> list[str]:
    """Return the names of offices, the headquarters first, the others in alphabetical order."""
    named = [(unit.kind != "headquarters", pages.either(unit.name)) for unit in units]
    return [name for _rank, name in sorted(named, key=lambda each: (each[0], sort_key(each[1])))]


def _links(found: list[directory.Agency]) -> list[Link]:
    links = [(each.id, pages.either(each.name)) for each in found]
    return sorted(links, key=lambda link: sort_key(link[1]))


def _links_of_services(agency_id: str) -> list[Link]:
    cards = [card for card in catalogue.published_services() if card.owner == agency_id]
    links = [(card.id, pages.either(card.title)) for card in cards]
    return sorted(links, key=lambda link: sort_key(link[1]))
