"""Grants in words of the page's language."""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop, ngettext
from markupsafe import Markup

from panjereh.domain.people import api as people
from panjereh.plumbing import pages
from panjereh.web.desk.entry.pages import ROLES, place_name, unit_names
from panjereh_kernel.actor import Post

STATES = {
    people.GrantState.REQUESTED: ("wait", gettext_noop("Waits for approval")),
    people.GrantState.GRANTED: ("good", gettext_noop("Valid now")),
    people.GrantState.REFUSED: ("bad", gettext_noop("Refused")),
    people.GrantState.LAPSED: ("", gettext_noop("Lapsed undecided")),
    people.GrantState.REVOKED: ("bad", gettext_noop("Revoked")),
    people.GrantState.ENDED: ("", gettext_noop("Run out")),
}
REFUSE_REASONS = {
    people.RefuseReason.NOT_NEEDED: gettext_noop("The role is not needed for this work"),
    people.RefuseReason.WRONG_PERSON: gettext_noop("It is not the right person"),
    people.RefuseReason.WRONG_PLACE: gettext_noop("It is not the right unit"),
    people.RefuseReason.TOO_LONG: gettext_noop("It would hold for too long"),
}
REVOKE_REASONS = {
    people.RevokeReason.LEFT: gettext_noop("The person has left"),
    people.RevokeReason.OTHER_DUTIES: gettext_noop("The person has other duties"),
    people.RevokeReason.MISUSE: gettext_noop("The role was misused"),
    people.RevokeReason.MISTAKE: gettext_noop("It was given by mistake"),
}
FIRST_REASONS = {
    people.FirstReason.NEW_AGENCY: gettext_noop("The agency is new here"),
    people.FirstReason.GRANTORS_GONE: gettext_noop("The agency had too few grantors left"),
}
REASONS: Mapping[str, str] = {
    str(code): words
    for table in (REFUSE_REASONS, REVOKE_REASONS, FIRST_REASONS)
    for code, words in table.items()
}
ACTS = {
    "request": gettext_noop("Asked for"),
    "approve": gettext_noop("Approved"),
    "refuse": gettext_noop("Refused"),
    "revoke": gettext_noop("Revoked"),
    "first": gettext_noop("Named by the operator of the platform"),
}
CAN = {
    "grantor": gettext_noop(
        "asks for roles at this agency, approves what another grantor asked for, and revokes"
    ),
    "officer": gettext_noop("signs in to the desk of this agency"),
    "operator": gettext_noop("signs in to the desk as one who runs the platform"),
}


@dataclass(frozen=True, slots=True)
class ShownGrant:
    """One grant for its page. `can_decide` is for other eyes alone."""

    id: UUID
    holder: str
    role: str
    can: str
    place: str
    period: str
    kind: str
    state: str
    is_waiting: bool
    is_held: bool
    is_own: bool
    lapses_at: dt.datetime
    valid_until: dt.datetime | None


def one(row: people.GrantView, names: Mapping[UUID, str], *, viewer: UUID) -> ShownGrant:
    """Return one grant in words."""
    kind, state = STATES[row.state]
    return ShownGrant(
        id=row.id,
        holder=names.get(row.holder_id) or _("An erased person"),
        role=_(ROLES[row.role]),
        can=_(CAN[row.role]),
        place=place_name(Post(row.agency_id, row.unit_id)),
        period=period(row),
        kind=kind,
        state=_(state),
        is_waiting=row.state is people.GrantState.REQUESTED,
        is_held=row.state is people.GrantState.GRANTED,
        is_own=viewer in (row.holder_id, row.requested_by),
        lapses_at=row.lapses_at,
        valid_until=row.valid_until,
    )


def rows(those: Sequence[people.GrantView], names: Mapping[UUID, str]) -> list[list[Any]]:
    """Return grants at one agency as rows of a table: holder, role, unit, end, state."""
    shown = []
    units = unit_names(those[0].agency_id) if any(row.unit_id for row in those) else {}
    for row in those:
        kind, state = STATES[row.state]
        link = Markup('<a href="{}"><bdi>{}</bdi></a>').format(
            reverse("desk:grant", args=[row.id]), names.get(row.holder_id) or _("An erased person")
        )
        tag = Markup('<span class="tag{}">{}</span>').format(f" {kind}" if kind else "", _(state))
        shown.append(
            [
                link,
                _(ROLES[row.role]),
                units.get(row.unit_id, row.unit_id) or _("The whole agency"),
                period(row),
                tag,
            ]
        )
    return shown


def timeline(
    acts: Sequence[people.GrantAct], names: Mapping[UUID, str]
) -> list[tuple[str, str, str, str, str]]:
    """Return what happened to a grant, the latest first, as the timeline shows it."""
    return [
        (
            "",
            act.at.isoformat(),
            pages.show_moment(act.at),
            _(ACTS[act.act]),
            " · ".join(filter(None, [_by(act, names), _(REASONS[act.reason]) if act.reason else ""])),
        )
        for act in reversed(acts)
    ]


def period(row: people.GrantView) -> str:
    """Return to the end of which day a grant holds, or for how long from its approval."""
    if ends := row.last_day or row.valid_until:
        return pages.show_date(ends)
    return ngettext("one day from approval", "%(days)s days from approval", row.days) % {
        "days": pages.digits(row.days)
    }


def options(table: Mapping[Any, str]) -> list[tuple[str, str]]:
    """Return coded reasons or roles as the choices of a question."""
    return [(str(code), _(words)) for code, words in table.items()]


def _by(act: people.GrantAct, names: Mapping[UUID, str]) -> str:
    return (names.get(act.by_subject_id) or _("An erased person")) if act.by_subject_id else ""
