"""What the answers about a file amount to: one word, by a table that reads from the top."""

from collections.abc import Mapping
from enum import StrEnum


class Check(StrEnum):
    """One question about a file. Each is answered by itself and shown with its answer."""

    READABLE = "readable"
    SIGNED = "signed"
    INTACT = "intact"
    WHOLE = "whole"
    UNCHANGED = "unchanged"
    TRUSTED = "trusted"
    ISSUED = "issued"


class Verdict(StrEnum):
    """What a file is, taken together."""

    GENUINE = "genuine"
    UNREADABLE = "unreadable"
    FOREIGN = "foreign"
    ALTERED = "altered"
    UNRECORDED = "unrecorded"


def verdict_of(answers: Mapping[Check, bool], *, is_signed_by_us: bool) -> Verdict:
    """Return what a file is. `is_signed_by_us`: some signature in it is of an issuer we trust.

    A file that no issuer of ours signed says nothing about a document of ours: it is foreign, not altered.
    One that passes every check of a signature and is not in our records must be looked into, so it has its
    own word.
    """
    if all(answers.values()):
        return Verdict.GENUINE
    if not answers[Check.READABLE]:
        return Verdict.UNREADABLE
    if not is_signed_by_us:
        return Verdict.FOREIGN
    if all(holds for check, holds in answers.items() if check is not Check.ISSUED):
        return Verdict.UNRECORDED
    return Verdict.ALTERED
