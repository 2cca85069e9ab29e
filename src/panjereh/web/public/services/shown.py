"""What the page of a service shows, gathered from the pack, the directory, the exchange and the figures."""

import datetime as dt
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from django.conf import settings

from panjereh.domain.catalogue import api as catalogue
from panjereh.domain.directory import api as directory
from panjereh.domain.exchange import api as exchange
from panjereh.domain.figures import api as figures
from panjereh.web.laws import ShownLaw, cite
from panjereh_kernel.jalali import tehran_date

FIGURE: Final = "cases-by-state-and-day"
DAYS: Final = 30


@dataclass(frozen=True, slots=True)
class ShownEvidence:
    """What the state fetches: from which register of whom, on which law, and what if it is not there."""

    requirement: catalogue.Texts
    holder: catalogue.Texts
    register: exchange.Title
    law: ShownLaw
    reason: catalogue.Texts


@dataclass(frozen=True, slots=True)
class Practice:
    """What happened to requests in the last thirty days, and when it was counted; None: never yet."""

    submitted: int
    issued: int
    refused: int
    as_of_at: dt.datetime | None


def service(pack: catalogue.Pack, *, at: dt.datetime) -> dict[str, Any]:
    """Return the values of the page."""
    sets = {each.id: exchange.data_set(each.data_set) for each in pack.evidence}
    agencies = directory.agencies({pack.owner, *(each.holder for each in sets.values())})
    laws = cite(pack.laws)
    law_of = dict(zip(pack.laws, laws, strict=True))
    return {
        "pack": pack,
        "owner": agencies[pack.owner].name,
        "practice": _practice(pack.id, at=at),
        "figure": FIGURE,
        "evidence": [
            ShownEvidence(
                requirement=each.requirement,
                holder=agencies[sets[each.id].holder].name,
                register=sets[each.id].title,
                law=law_of[each.legal_basis],
                reason=pack.condition(each.fails).reason,
            )
            for each in pack.evidence
        ],
        "questions": len(pack.pages),
        "steps": [state for state in pack.states if state.id not in _refusing(pack)],
        "laws": [law for law in laws if law.certainty.is_law],
        "assumptions": [law for law in laws if not law.certainty.is_law],
        "general_remedies": [each for each in pack.remedies if each.against == "decision"],
    }


def _practice(service_id: str, *, at: dt.datetime) -> Practice:
    directory_of_figures = Path(settings.PANJEREH.data_directory) / "figures"
    until = tehran_date(at)
    totals = figures.figure_totals(
        figures.find_definition(directory_of_figures, FIGURE),
        since=until - dt.timedelta(days=DAYS - 1),
        until=until,
        service=service_id,
    )
    counts = {state: totals.counts.get(state, 0) for state in ("submitted", "issued", "refused")}
    return Practice(**counts, as_of_at=totals.as_of_at)


def _refusing(pack: catalogue.Pack) -> frozenset[str]:
    """Return the ends that give no document: they are told apart, under what to do if refused."""
    fruitful = {action.target for action in pack.actions if action.makes}
    last = {action.target for action in pack.actions if fruitful & set(action.sources)}
    ends = {state.id for state in pack.states if state.kind is catalogue.StateKind.END}
    return frozenset(ends - last - fruitful)
