"""Proposed editions in words of the page's language."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop
from markupsafe import Markup

from panjereh.domain.indices import api as indices
from panjereh.plumbing import pages
from panjereh.web.oversight.index_data import words

STATES = {
    indices.ProposalState.PROPOSED: ("wait", gettext_noop("Waits for another operator")),
    indices.ProposalState.ACCEPTED: ("good", gettext_noop("Taken in")),
    indices.ProposalState.TURNED_DOWN: ("bad", gettext_noop("Turned down")),
}
REASONS = {
    indices.TurnDownReason.WRONG_SOURCE: gettext_noop("The figures are not from this source"),
    indices.TurnDownReason.WRONG_VALUES: gettext_noop("The figures are not those of the publication"),
    indices.TurnDownReason.NOT_PUBLISHED: gettext_noop("The publisher has not published them"),
}
KINDS = {
    indices.FaultKind.NOT_A_TABLE: gettext_noop("This is no table of the form that was asked for"),
    indices.FaultKind.NOT_A_NUMBER: gettext_noop("A number, or a mark of 0 or 1, cannot be read"),
    indices.FaultKind.UNKNOWN_STATE: gettext_noop("No state has this code"),
    indices.FaultKind.DOUBLED_ROW: gettext_noop("The state has a line already"),
    indices.FaultKind.OUTSIDE_SCALE: gettext_noop("The value is not from 0 to 1"),
    indices.FaultKind.UNKNOWN_SOURCE: gettext_noop("The source is not known"),
    indices.FaultKind.RANK_NOT_REPRODUCED: gettext_noop("The rank does not follow from the values"),
    indices.FaultKind.WEIGHTS_NOT_ADDING_UP: gettext_noop("The index does not follow from its parts"),
    indices.FaultKind.STATES_MISSING: gettext_noop("States of the latest edition have no line"),
    indices.FaultKind.RANKED_OTHERWISE: gettext_noop(
        "Another number of states is ranked than the method says"
    ),
    indices.FaultKind.TARGET_CHANGED: gettext_noop("A target cannot be changed"),
    indices.FaultKind.METHOD_NOT_USABLE: gettext_noop("The edition has no method that can be used"),
    indices.FaultKind.VALUE_MISSING: gettext_noop("The state is ranked and has no value here"),
    indices.FaultKind.BASELINE_OTHERWISE: gettext_noop("The baseline edition gives another rank"),
    indices.FaultKind.METHOD_OTHERWISE: gettext_noop("The method says otherwise than the one before it"),
}


@dataclass(frozen=True, slots=True)
class ShownProposal:
    """One proposal for its page. `can_decide` is for other eyes alone."""

    id: UUID
    title: str
    rows: list[tuple[Any, ...]]
    kind: str
    state: str
    is_waiting: bool
    can_decide: bool
    counts: list[tuple[str, str]]


def one(view: indices.ProposalView, *, viewer: UUID) -> ShownProposal:
    """Return one proposal in words."""
    kind, state = STATES[indices.ProposalState(view.state)]
    is_waiting = view.state == indices.ProposalState.PROPOSED
    report = view.report
    return ShownProposal(
        id=view.id,
        title=title_of(view),
        rows=_facts(view, viewer=viewer),
        kind=kind,
        state=_(state),
        is_waiting=is_waiting,
        can_decide=is_waiting and viewer != view.proposed_by,
        counts=[
            (_("New figures"), pages.digits(report["added"])),
            (_("Figures published again"), pages.digits(len(report["restated"]))),
            (_("Figures the file does not have; they stay"), pages.digits(len(report["missing"]))),
            (_("To look at"), pages.digits(len(report["findings"]))),
        ],
    )


def title_of(view: indices.ProposalView) -> str:
    """Return index and edition by name."""
    title = pages.either(indices.editions(view.index)[-1].title)
    return f"{title} {pages.digits(view.edition)}"


def rows(those: Sequence[indices.ProposalView], *, viewer: UUID) -> list[list[Any]]:
    """Return proposals as rows of a table: edition, by whom, when, state."""
    found = []
    for each in those:
        kind, state = STATES[indices.ProposalState(each.state)]
        link = Markup('<a href="{}">{}</a>').format(reverse("desk:edition", args=[each.id]), title_of(each))
        tag = Markup('<span class="tag{}">{}</span>').format(f" {kind}" if kind else "", _(state))
        found.append([link, _by(each.proposed_by, viewer), pages.show_moment(each.proposed_at), tag])
    return found


def restated(those: Iterable[Sequence[str]]) -> list[list[Any]]:
    """Return figures that would be published again: state, part, what stands, what would."""
    names, parts = words.country_names(), words.part_names()
    found = []
    for name, old, new in those:
        _index, _edition, iso3, part = name.split(" ")
        found.append([names.get(iso3, iso3), parts.get(part, part), _ltr(old), _ltr(new)])
    return found


def findings(those: Iterable[Sequence[Any]]) -> list[list[Any]]:
    """Return what an officer should look at: line, number and kind, what it is about."""
    return [
        [
            pages.digits(line),
            Markup("{} {}").format(_ltr(number), _(KINDS[indices.FaultKind(number)])),
            _ltr(about),
        ]
        for line, number, about in those
    ]


def faults(those: Iterable[indices.Fault]) -> list[list[Any]]:
    """Return what is wrong with a file, by line."""
    return findings((each.line, each.kind.value, each.about) for each in those)


def reasons() -> list[tuple[str, str]]:
    """Return the reasons as the choices of a question."""
    return [(str(code), _(sentence)) for code, sentence in REASONS.items()]


def known_indices() -> dict[str, str]:
    """Return the indices that have editions, by name."""
    return {each.index: pages.either(each.title) for each in indices.editions()}


def known_sources() -> dict[str, str]:
    """Return the sources figures may be taken from."""
    return {
        each.id: f"{each.id}: {each.publisher}, {each.title}"
        for each in sorted(indices.sources().values(), key=lambda one: one.id)
    }


def _facts(view: indices.ProposalView, *, viewer: UUID) -> list[tuple[Any, ...]]:
    source = indices.sources()[view.source]
    facts: list[tuple[Any, ...]] = [
        (_("Proposed by"), _by(view.proposed_by, viewer), pages.show_moment(view.proposed_at)),
        (_("Source"), _ltr(f"{source.publisher}, {source.title}"), _ltr(source.taken_from)),
        (_("Licence"), _ltr(source.licence)),
        (_("SHA-256 of the file"), Markup('<bdi class="code long" dir="ltr">{}</bdi>').format(view.sha256)),
    ]
    if view.decided_by and view.decided_at:
        facts.append((_("Decided by"), _by(view.decided_by, viewer), pages.show_moment(view.decided_at)))
    if view.reason:
        facts.append((_("Reason"), _(REASONS[indices.TurnDownReason(view.reason)])))
    return facts


def _by(subject_id: UUID, viewer: UUID) -> Markup | str:
    """Return who it was: by id, for no name is needed to decide about figures."""
    if subject_id == viewer:
        return _("You")
    return Markup('{} <bdi class="code" dir="ltr">{}</bdi>').format(
        _("Another operator"), str(subject_id)[-8:]
    )


def _ltr(text: str) -> Markup:
    return Markup('<bdi dir="ltr">{}</bdi>').format(text or "–")
