"""What the page of a service shows, gathered from the pack and the directory.

A statement is shown as law only if a text of the law stands behind it (`Certainty.is_law`); what is general
knowledge or an assumption is shown apart, under that name.
"""

from dataclasses import dataclass
from typing import Any

from panjereh.domain.catalogue import api as catalogue
from panjereh.domain.directory import api as directory
from panjereh.domain.exchange import api as exchange

_NOTE = "note-"


@dataclass(frozen=True, slots=True)
class ShownLaw:
    """A reference to the law: the instrument's title, article or note (empty if the whole), how sure."""

    title: catalogue.Texts
    article: str
    note: str
    certainty: catalogue.Certainty


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
    laws = _laws(pack)
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


def _laws(pack: catalogue.Pack) -> list[ShownLaw]:
    instruments = directory.legal_instruments({law.instrument for law in pack.laws})
    return [
        ShownLaw(
            title=instruments[law.instrument].title,
            article="" if law.article.startswith(_NOTE) else law.article,
            note=law.article.removeprefix(_NOTE) if law.article.startswith(_NOTE) else "",
            certainty=law.certainty,
        )
        for law in pack.laws
    ]


def _refusing(pack: catalogue.Pack) -> frozenset[str]:
    """Return the ends that give no document: they are told apart, under what to do if refused."""
    fruitful = {action.target for action in pack.actions if action.makes}
    last = {action.target for action in pack.actions if fruitful & set(action.sources)}
    ends = {state.id for state in pack.states if state.kind is catalogue.StateKind.END}
    return frozenset(ends - last - fruitful)
