"""What stands beside published figures: what was published again, what did not grow, and raw indicators."""

from collections.abc import Iterable, Sequence
from itertools import islice
from typing import Any, Final

from django.utils.translation import gettext as _
from markupsafe import Markup

from panjereh.domain.indices import api as indices
from panjereh.plumbing import pages
from panjereh.web.oversight.indices import words

# Of a list that a page shows; whoever wants all of them takes the file.
MOST: Final = 50


def restated(index: str, editions: Iterable[str], *, iso3: str = "") -> list[list[Any]]:
    """Return what editions published again, of all states or one: rows of a table, one for each revision.

    Edition and state, part, value, when, and which of them is in force. At most one more than `MOST`.
    """
    found = (
        (edition, each, revision)
        for edition in editions
        for each in indices.restatements(index, edition)
        if iso3 in ("", each.iso3)
        for revision in reversed(each.revisions)
    )
    return [_row(*each) for each in islice(found, MOST + 1)]


def standstills(tables: Sequence[indices.EditionTable], iso3: str) -> list[list[Any]]:
    """Return what did not grow by the latest edition: rows of a table."""
    names = words.part_names()
    return [
        [
            names[each.part],
            pages.digits(each.since),
            _number(each.value_since),
            _number(each.value_until),
            "" if each.is_one_measure else _("the method changed meanwhile"),
        ]
        for each in indices.standstills(tables, iso3)
    ]


def latest_raw(iso3: str) -> list[tuple[str, str, float, int, str]]:
    """Return each raw indicator of a state: its id, name, latest value, the year of it, and its publisher."""
    known = {each.indicator: each for each in indices.raw_series(iso3)}
    found: list[tuple[str, str, float, int, str]] = []
    for indicator, name in words.raw_names().items():
        if indicator in known:
            one = known[indicator]
            year = max(one.values)
            source = indices.sources()[one.sources[year]]
            found.append((indicator, name, one.values[year], year, source.publisher))
    return found


def _row(edition: str, found: indices.Restatement, revision: indices.Revision) -> list[Any]:
    is_in_force = revision is found.in_force
    kind, label = ("good", _("in force")) if is_in_force else ("", _("replaced"))
    value = "–" if revision.value is None else _number(revision.value, 5)
    rank = _("rank %(rank)s") % {"rank": pages.digits(revision.rank)} if revision.rank else ""
    return [
        f"{words.country_names()[found.iso3]} {pages.digits(edition)}",
        words.part_names()[found.part],
        Markup("{} {}").format(value, rank),
        pages.show_date(revision.recorded_at),
        Markup('<span class="tag{}">{}</span> {}').format(f" {kind}" if kind else "", label, _by(revision)),
    ]


def _by(revision: indices.Revision) -> str:
    number = pages.digits(revision.number)
    if revision.is_decided:
        return _("revision %(number)s, taken in by two officers") % {"number": number}
    return _("revision %(number)s, from the reference data") % {"number": number}


def _number(value: float, places: int = 4) -> Markup:
    return Markup('<bdi dir="ltr">{}</bdi>').format(pages.show_number(value, places))
