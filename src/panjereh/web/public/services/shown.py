"""What the page of a service shows, gathered from the pack and the directory."""

from dataclasses import dataclass
from typing import Any

from panjereh.domain.catalogue import api as catalogue
from panjereh.domain.directory import api as directory
from panjereh.domain.exchange import api as exchange
from panjereh.web.laws import cite


@dataclass(frozen=True, slots=True)
class ShownEvidence:
    """What the state fetches: what it is, who holds it, and the condition that fails if it is not there."""

    requirement: catalogue.Texts
    holder: catalogue.Texts
    reason: catalogue.Texts


def service(pack: catalogue.Pack) -> dict[str, Any]:
    """Return the values of the page."""
    holders = {each.id: exchange.data_set(each.data_set).holder for each in pack.evidence}
    agencies = directory.agencies({pack.owner, *holders.values()})
    laws = cite(pack.laws)
    return {
        "pack": pack,
        "owner": agencies[pack.owner].name,
        "evidence": [
            ShownEvidence(
                each.requirement, agencies[holders[each.id]].name, pack.condition(each.fails).reason
            )
            for each in pack.evidence
        ],
        "questions": len(pack.pages),
        "steps": [state for state in pack.states if state.id not in _refusing(pack)],
        "laws": [law for law in laws if law.certainty.is_law],
        "assumptions": [law for law in laws if not law.certainty.is_law],
        "general_remedies": [each for each in pack.remedies if each.against == "decision"],
    }


def _refusing(pack: catalogue.Pack) -> frozenset[str]:
    """Return the ends that give no document: they are told apart, under what to do if refused."""
    fruitful = {action.target for action in pack.actions if action.makes}
    last = {action.target for action in pack.actions if fruitful & set(action.sources)}
    ends = {state.id for state in pack.states if state.kind is catalogue.StateKind.END}
    return frozenset(ends - last - fruitful)
