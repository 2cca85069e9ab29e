"""Signs, breaches and their clocks in words of the page's language."""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop
from markupsafe import Markup

from panjereh.domain.upkeep import api as upkeep
from panjereh.plumbing import pages

SIGNS: Mapping[upkeep.Sign, str] = {
    upkeep.Sign.LIMIT: gettext_noop("Over a limit of requests"),
    upkeep.Sign.REFUSED: gettext_noop("Ten refusals within ten minutes"),
    upkeep.Sign.TOKENS: gettext_noop("Tokens of programs that do not hold"),
    upkeep.Sign.CODES: gettext_noop("Many wrong codes from one address"),
}
EXPOSURES: Mapping[upkeep.Exposure, str] = {
    upkeep.Exposure.CLEAR: gettext_noop("Data of people, in the clear"),
    upkeep.Exposure.SEALED: gettext_noop("Data of people, sealed, without its keys"),
    upkeep.Exposure.NONE: gettext_noop("No data of people"),
    upkeep.Exposure.UNKNOWN: gettext_noop("Not known yet"),
}
WHOM: Mapping[upkeep.Whom, str] = {
    upkeep.Whom.AGENCY: gettext_noop("The agency whose register was read"),
    upkeep.Whom.RESPONSE_TEAM: gettext_noop("The response team for incidents"),
    upkeep.Whom.PEOPLE: gettext_noop("The people concerned"),
    upkeep.Whom.SUPERVISOR: gettext_noop("The body that supervises us"),
    upkeep.Whom.PROSECUTOR: gettext_noop("Police or prosecutor, if a crime is suspected"),
    upkeep.Whom.PUBLIC: gettext_noop("The public"),
}
OUTCOMES: Mapping[upkeep.Outcome, str] = {
    upkeep.Outcome.TOLD: gettext_noop("Told"),
    upkeep.Outcome.NOT_NEEDED: gettext_noop("Need not be told"),
}


@dataclass(frozen=True, slots=True)
class ShownNotice:
    """One notice for its page: `kind` and `state` are its tag, `when` its moment."""

    whom: str
    words: str
    kind: str
    state: str
    when: str
    is_open: bool


@dataclass(frozen=True, slots=True)
class ShownBreach:
    """One breach for its page."""

    number: int
    rows: list[tuple[Any, ...]]
    what: str
    changed: str
    is_open: bool


def counts(found: Mapping[upkeep.Sign, Mapping[str, int]]) -> list[list[str]]:
    """Return the kinds of sign as rows: how many in a day, a week and a month."""
    return [
        [_(SIGNS[sign]), *(pages.digits(periods[name]) for name in upkeep.PERIODS)]
        for sign, periods in found.items()
    ]


def signs(found: Sequence[upkeep.SignView]) -> list[list[Any]]:
    """Return signs as rows: when, what, where and by whom."""
    return [
        [
            pages.show_moment(each.at),
            _(SIGNS[each.sign]),
            _code(each.route),
            _code(str(each.account_id)) if each.account_id else _("nobody known"),
            _code(str(each.leaf_id)),
        ]
        for each in found
    ]


def breaches(found: Sequence[upkeep.BreachView], *, at: dt.datetime) -> list[tuple[str, str, str, str, str]]:
    """Return breaches as tasks, each with the state of its clocks."""
    return [
        (
            reverse("desk:breach", args=[each.number]),
            _("Breach %(number)s") % {"number": pages.digits(each.number)},
            _(EXPOSURES[each.exposure]) + " · " + pages.show_moment(each.noticed_at),
            *_state(each, at),
        )
        for each in found
    ]


def breach(found: upkeep.BreachView) -> ShownBreach:
    """Return one breach in words."""
    count = _("not known") if found.people_count is None else pages.digits(found.people_count)
    rows = [
        (_("Noticed"), pages.show_moment(found.noticed_at)),
        (_("Recorded"), pages.show_moment(found.recorded_at)),
        (_("What got out"), _(EXPOSURES[found.exposure])),
        (_("Of how many people"), count),
    ]
    if found.closed_at is not None:
        rows.append((_("Closed"), pages.show_moment(found.closed_at)))
    return ShownBreach(found.number, rows, found.what, found.changed, found.closed_at is None)


def notices(found: Sequence[upkeep.NoticeView], *, at: dt.datetime) -> list[ShownNotice]:
    """Return who is to be told, and how each clock stands."""
    return [ShownNotice(each.whom.value, _(WHOM[each.whom]), *_clock(each, at)) for each in found]


def exposures() -> list[tuple[str, str]]:
    """Return what may have got out as the choices of a question."""
    return [(each.value, _(words)) for each, words in EXPOSURES.items()]


def _clock(notice: upkeep.NoticeView, at: dt.datetime) -> tuple[str, str, str, bool]:
    if notice.outcome is not None and notice.settled_at is not None:
        return "good", _(OUTCOMES[notice.outcome]), pages.show_moment(notice.settled_at), False
    if notice.due_at is None:
        return "", _("No clock"), "", True
    until = _("until %(moment)s") % {"moment": pages.show_moment(notice.due_at)}
    return (
        ("bad", _("Overdue"), until, True) if at > notice.due_at else ("wait", _("To be told"), until, True)
    )


def _state(found: upkeep.BreachView, at: dt.datetime) -> tuple[str, str]:
    if found.closed_at is not None:
        return "good", _("Closed")
    if found.next_due_at is None:
        return "go", _("Open")
    return ("bad", _("Overdue")) if at > found.next_due_at else ("wait", _("To be told"))


def _code(text: str) -> Markup:
    return Markup('<bdi class="code long">{}</bdi>').format(text)
