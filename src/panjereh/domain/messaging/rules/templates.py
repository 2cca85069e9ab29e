"""The messages the platform can send, and what each must be told.

A parameter that ends in `_fa` or `_en` comes in both languages, and the text names it without the ending.
The texts themselves are in the message catalogue; `texts.py` joins the two.
"""

from collections.abc import Mapping
from enum import StrEnum
from typing import Final

LANGUAGES: Final = ("fa", "en")


class Template(StrEnum):
    """What a message is about."""

    CASE_GRANTED = "case-granted"
    CASE_REFUSED = "case-refused"
    CASE_READY = "case-ready"
    CASE_WITHDRAWN = "case-withdrawn"
    DEADLINE_MOVED = "deadline-moved"
    DOCUMENT_LATE = "document-late"
    DOCUMENT_REVOKED = "document-revoked"
    GATHERING_OVERDUE = "gathering-overdue"
    GRANTED_OVERDUE = "granted-overdue"
    LIMIT_MOVED = "limit-moved"
    SUBMITTED_OVERDUE = "submitted-overdue"
    PROGRAM_ALLOWED = "program-allowed"


_CASE: Final = frozenset({"service_fa", "service_en", "tracking_code"})
_MOVED: Final = _CASE | {"old_fa", "old_en", "new_fa", "new_en"}
_OVERDUE: Final = _CASE | {"due_fa", "due_en", "silent_fa", "silent_en"}
PARAMETERS: Final[dict[Template, frozenset[str]]] = {
    Template.CASE_GRANTED: _CASE,
    Template.CASE_REFUSED: _CASE | {"reason_fa", "reason_en", "remedy_fa", "remedy_en"},
    Template.CASE_READY: _CASE,
    Template.CASE_WITHDRAWN: _CASE,
    Template.DEADLINE_MOVED: _MOVED,
    Template.DOCUMENT_LATE: _CASE,
    Template.DOCUMENT_REVOKED: frozenset({"document_fa", "document_en", "reason_fa", "reason_en", "serial"}),
    Template.GATHERING_OVERDUE: _OVERDUE,
    Template.GRANTED_OVERDUE: _OVERDUE,
    Template.LIMIT_MOVED: _MOVED | {"step_fa", "step_en"},
    Template.SUBMITTED_OVERDUE: _OVERDUE,
    Template.PROGRAM_ALLOWED: frozenset({"program_fa", "program_en", "until_fa", "until_en"}),
}
# What somebody just did themselves is no news to their phone: the message is there to be kept.
WITHOUT_SMS: Final = frozenset({Template.CASE_WITHDRAWN, Template.PROGRAM_ALLOWED})


class ParametersFaulty(Exception):  # noqa: N818 -- reads as what happened
    """A message was given other parameters than its template names: a bug of the sender."""


def check_parameters(template: Template, parameters: Mapping[str, str]) -> None:
    """Raise `ParametersFaulty` unless the parameters are exactly those of the template."""
    if parameters.keys() != PARAMETERS[template]:
        names = sorted(parameters.keys() ^ PARAMETERS[template])
        raise ParametersFaulty(f"{template}: {', '.join(names)}")


def in_language(parameters: Mapping[str, str], language: str) -> dict[str, str]:
    """Return the parameters a text in `language` names."""
    plain = {}
    for name, value in parameters.items():
        base, _, ending = name.rpartition("_")
        if ending not in LANGUAGES:
            plain[name] = value
        elif ending == language:
            plain[base] = value
    return plain
