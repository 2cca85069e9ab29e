"""What a figure is: its words, the events it counts and how it parts them. Read from data, not code."""

import datetime as dt
import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Self

Texts = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class StateTexts:
    """A state that the figure has a column for, with its word in Persian and English."""

    id: str
    texts: Texts


@dataclass(frozen=True, slots=True)
class Definition:
    """One figure. `events` names the leaves it counts; two of their facts give service and state."""

    id: str
    version: int
    since: dt.date
    title: Texts
    definition: Texts
    unit: Texts
    sample: Texts
    events: frozenset[str]
    service_fact: str
    state_fact: str
    chart_state: str
    states: tuple[StateTexts, ...]

    @classmethod
    def parse(cls, text: str) -> Self:
        """Return the definition in a JSON document.

        Raises `KeyError` or `ValueError` for a document that is none.
        """
        raw: dict[str, Any] = json.loads(text)
        return cls(
            id=raw["id"],
            version=raw["version"],
            since=dt.date.fromisoformat(raw["since"]),
            title=_both(raw["title"]),
            definition=_both(raw["definition"]),
            unit=_both(raw["unit"]),
            sample=_both(raw["sample"]),
            events=frozenset(raw["events"]),
            service_fact=raw["by"]["service"],
            state_fact=raw["by"]["state"],
            chart_state=raw["chart_state"],
            states=tuple(StateTexts(state["id"], _both(state)) for state in raw["states"]),
        )


def _both(texts: Mapping[str, str]) -> Texts:
    return {"fa": texts["fa"], "en": texts["en"]}
