"""Orders to erase in words of the page's language."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop
from markupsafe import Markup

from panjereh.domain.people import api as people
from panjereh.plumbing import pages

STATES = {
    people.OrderState.ASKED: ("wait", gettext_noop("Waits for approval")),
    people.OrderState.APPROVED: ("go", gettext_noop("Waits to be carried out")),
    people.OrderState.REFUSED: ("bad", gettext_noop("Refused")),
    people.OrderState.LAPSED: ("", gettext_noop("Time is over")),
    people.OrderState.DONE: ("good", gettext_noop("Carried out")),
}
REASONS = {
    people.ErasureReason.HOLDER_ASKED: gettext_noop("The person asked for it"),
    people.ErasureReason.COURT_ORDER: gettext_noop("A court ordered it"),
    people.ErasureReason.RETENTION_ENDED: gettext_noop("The time for keeping the data is over"),
    people.ErasureReason.OPENED_IN_ERROR: gettext_noop("The account was opened in error"),
}


@dataclass(frozen=True, slots=True)
class ShownOrder:
    """One order for its page. `can_approve` is for other eyes alone; whoever may, may stop it."""

    id: UUID
    rows: list[tuple[Any, ...]]
    kind: str
    state: str
    can_approve: bool
    can_refuse: bool
    is_waiting: bool
    is_approved: bool
    lapses_on: str


def one(order: people.OrderView, names: Mapping[UUID, str], *, viewer: UUID) -> ShownOrder:
    """Return one order in words."""
    kind, state = STATES[order.state]
    is_waiting = order.state is people.OrderState.ASKED
    is_approved = order.state is people.OrderState.APPROVED
    return ShownOrder(
        id=order.id,
        rows=_facts(order, names),
        kind=kind,
        state=_(state),
        can_approve=is_waiting and viewer not in (order.asked_by, order.subject_id),
        can_refuse=is_waiting or is_approved,
        is_waiting=is_waiting,
        is_approved=is_approved,
        lapses_on=pages.show_moment(order.lapses_at),
    )


def rows(those: Sequence[people.OrderView]) -> list[list[Any]]:
    """Return orders as rows of a table: person, ground, when asked, state. By ids: no name is read."""
    found = []
    for order in those:
        kind, state = STATES[order.state]
        link = Markup('<a href="{}">{}</a>').format(
            reverse("desk:erasure", args=[order.id]), _code(order.subject_id)
        )
        tag = Markup('<span class="tag{}">{}</span>').format(f" {kind}" if kind else "", _(state))
        found.append([link, _(REASONS[order.reason]), pages.show_moment(order.asked_at), tag])
    return found


def reasons() -> list[tuple[str, str]]:
    """Return the grounds as the choices of a question."""
    return [(str(code), _(words)) for code, words in REASONS.items()]


def _facts(order: people.OrderView, names: Mapping[UUID, str]) -> list[tuple[Any, ...]]:
    decided = order.state in (people.OrderState.APPROVED, people.OrderState.DONE)
    facts = [
        (_("Person"), _name(order.subject_id, names), _code(order.subject_id)),
        (_("Ground"), _(REASONS[order.reason])),
        (_("Asked for by"), _name(order.asked_by, names), pages.show_moment(order.asked_at)),
    ]
    if order.decided_by and order.decided_at:
        words = _("Approved by") if decided else _("Refused by")
        facts.append((words, _name(order.decided_by, names), pages.show_moment(order.decided_at)))
    if order.done_at:
        facts.append((_("Carried out"), pages.show_moment(order.done_at)))
    return [*facts, (_("Id of the order"), _code(order.id))]


def _name(subject_id: UUID, names: Mapping[UUID, str]) -> Markup:
    return Markup("<bdi>{}</bdi>").format(names.get(subject_id) or _("An erased person"))


def _code(value: UUID) -> Markup:
    return Markup('<bdi class="code long">{}</bdi>').format(value)
