"""What a one-time code is worth: for two minutes, five tries, once, and only the newest."""

import datetime as dt
import re
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

LIFE: Final = dt.timedelta(minutes=2)
PAUSE_BEFORE_ANOTHER: Final = dt.timedelta(seconds=60)
TRIES: Final = 5
FORM: Final = re.compile(r"[0-9]{6}")


class Verdict(StrEnum):
    """What a typed code is."""

    RIGHT = "right"
    WRONG = "wrong"
    DEAD = "dead"


@dataclass(frozen=True, slots=True)
class CodeFacts:
    """What is known of the newest code when somebody types one. A decoy was never sent: nothing opens it."""

    expires_at: dt.datetime
    tries: int
    is_used_or_void: bool
    is_decoy: bool


def may_send_another(last_made_at: dt.datetime | None, at: dt.datetime) -> bool:
    """Whether enough time has passed since the last code."""
    return last_made_at is None or at >= last_made_at + PAUSE_BEFORE_ANOTHER


def is_alive(facts: CodeFacts, at: dt.datetime) -> bool:
    """Whether a code can still be right."""
    return not facts.is_used_or_void and facts.tries < TRIES and at < facts.expires_at


def judge(facts: CodeFacts, *, is_same: bool, at: dt.datetime) -> Verdict:
    """Return what the typed code is; `is_same` is the outcome of the comparison in constant time."""
    if not is_alive(facts, at):
        return Verdict.DEAD
    return Verdict.RIGHT if is_same and not facts.is_decoy else Verdict.WRONG
