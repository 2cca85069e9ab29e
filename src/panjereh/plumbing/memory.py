"""Reference data kept in the process: read once, asked for again after a while.

Only for what nobody owns and an import changes: agencies, instruments of law, calendars, which version of a
service is published. Another process sees an import `SECONDS` later; the one that imports calls `forget`.
Never for anything of a person.
"""

import time
from collections.abc import Callable
from functools import wraps
from typing import Any, Final, Generic, ParamSpec, TypeVar

Asked = ParamSpec("Asked")
Answer = TypeVar("Answer")

# Long enough to leave the database alone, short enough that nobody wonders where the import went.
SECONDS: Final = 10.0
# Arguments come from addresses, too: what was asked for is bounded.
MOST: Final = 1024
_all: list["_Kept[Any, Any]"] = []


class _Kept(Generic[Asked, Answer]):
    """One question with its answers by arguments, and when each is too old."""

    def __init__(self, ask: Callable[Asked, Answer], seconds: float) -> None:
        self.ask, self.seconds = ask, seconds
        self.answers: dict[Any, tuple[float, Answer]] = {}

    def __call__(self, *arguments: Asked.args, **keywords: Asked.kwargs) -> Answer:
        key = (arguments, tuple(sorted(keywords.items())))
        kept = self.answers.get(key)
        at = time.monotonic()
        if kept is not None and at < kept[0]:
            return kept[1]
        answer = self.ask(*arguments, **keywords)
        if not answer:  # nothing was imported yet: whoever asks next may be luckier
            return answer
        if len(self.answers) >= MOST:
            self.answers.clear()
        self.answers[key] = (at + self.seconds, answer)
        return answer


def kept(ask: Callable[Asked, Answer]) -> Callable[Asked, Answer]:
    """Keep what a function of hashable arguments answers for `SECONDS`; neither a refusal nor nothing."""
    one = _Kept(ask, SECONDS)
    _all.append(one)

    @wraps(ask)
    def ask_or_remember(*arguments: Asked.args, **keywords: Asked.kwargs) -> Answer:
        return one(*arguments, **keywords)

    return ask_or_remember


def forget() -> None:
    """Drop everything kept in this process: something was imported."""
    for each in _all:
        each.answers.clear()
