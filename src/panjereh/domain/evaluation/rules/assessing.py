"""What two assessors say alike, where they differ, and what stands."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum


class Reply(StrEnum):
    """What is answered to a question."""

    YES = "yes"
    NO = "no"
    NOT_APPLICABLE = "not-applicable"


@dataclass(frozen=True, slots=True)
class Asked:
    """One question: its code, its part of the list, and how much work a yes takes, 1 to 3 (our own mark)."""

    code: str
    part: str
    effort: int


def settle(
    first: Mapping[str, Reply], second: Mapping[str, Reply], reconciled: Mapping[str, Reply]
) -> dict[str, Reply]:
    """Return the answers that stand: what both say alike, and what a third decided where they differ."""
    alike = {code: reply for code, reply in first.items() if second.get(code) is reply}
    return alike | dict(reconciled)


def differing(first: Mapping[str, Reply], second: Mapping[str, Reply]) -> frozenset[str]:
    """Return the questions that both answered, each otherwise."""
    return frozenset(code for code, reply in first.items() if second.get(code, reply) is not reply)


def disagreement(first: Mapping[str, Reply], second: Mapping[str, Reply]) -> float:
    """Return the share of the questions both answered on which they differ; none answered is none."""
    both = len(first.keys() & second.keys())
    return len(differing(first, second)) / both if both else 0.0


def neighbours(codes: Sequence[str], code: str, *, waiting: Collection[str]) -> tuple[str, str]:
    """Return the nearest question that waits before one and after it, going round the ends; "" for none."""
    place = codes.index(code)
    around = [each for each in (*codes[place + 1 :], *codes[:place]) if each in waiting]
    return (around[-1], around[0]) if around else ("", "")
