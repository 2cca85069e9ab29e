"""What the pages of the check show, as plain values: which seal, which sentence, which checks held."""

from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from panjereh.domain.documents import api as documents

_SENTENCES = {
    "valid": gettext_noop("This document is valid"),
    "expired": gettext_noop("This document has expired"),
    "revoked": gettext_noop("This document has been revoked"),
    "unknown": gettext_noop("No document was found"),
    "altered": gettext_noop("This file is not a document as it was issued"),
}
_EXPLANATIONS = {
    "valid": gettext_noop("The answer is from our records, today."),
    "expired": gettext_noop("The document is genuine, but its time is over."),
    "revoked": gettext_noop("The document was genuine, but its issuer has withdrawn it."),
    "unknown": gettext_noop(
        "Look at the number and the code again. If they are as printed, it may be a forgery."
    ),
    "altered": gettext_noop("Do not rely on it. Ask for the original file, or check by number and code."),
}
# What each check of a file asks, and what it means when the answer is no.
_CHECKS = {
    documents.Check.SIGNED: (
        gettext_noop("The file carries one electronic signature."),
        gettext_noop("The file carries no signature, more than one, or cannot be read."),
    ),
    documents.Check.INTACT: (
        gettext_noop("What was signed is unharmed."),
        gettext_noop("What was signed has been changed."),
    ),
    documents.Check.WHOLE: (
        gettext_noop("The signature covers the whole file."),
        gettext_noop("Something was added to the file after it was signed."),
    ),
    documents.Check.UNCHANGED: (
        gettext_noop("Nothing was changed after signing."),
        gettext_noop("The content was changed after signing."),
    ),
    documents.Check.TRUSTED: (
        gettext_noop("The signer is an issuer we know."),
        gettext_noop("The signer is not an issuer we know."),
    ),
    documents.Check.ISSUED: (
        gettext_noop("We issued exactly this file."),
        gettext_noop("We did not issue this file."),
    ),
}


@dataclass(frozen=True, slots=True)
class Line:
    """One check in words, and whether it held."""

    sentence: str
    holds: bool


@dataclass(frozen=True, slots=True)
class Result:
    """A result page: `seal` names the mark; `lines` are the checks, none when nothing could be checked."""

    seal: str
    sentence: str
    explanation: str
    lines: tuple[Line, ...] = ()


def code_result(found: documents.CheckedDocument | None) -> Result:
    """Return the result of a check by number and code."""
    if found is None:
        return _result("unknown")
    lines = (
        Line(_("Number and code belong to a document we issued."), holds=True),
        _line_of_revocation(found),
        _line_of_term(found),
    )
    return _result(found.standing, lines)


def file_result(report: documents.FileReport) -> Result:
    """Return the result of a check of a file, with every check and its answer."""
    lines = tuple(
        Line(_(_CHECKS[check][0 if holds else 1]), holds) for check, holds in report.answers.items()
    )
    if report.document is None:
        return _result("altered", lines)
    found = report.document
    return _result(found.standing, (*lines, _line_of_revocation(found), _line_of_term(found)))


def choose_a_file() -> str:
    """Return the sentence for a form sent without a file."""
    return _("Choose the PDF file of the document.")


def _result(kind: str, lines: tuple[Line, ...] = ()) -> Result:
    return Result(kind, _(_SENTENCES[kind]), _(_EXPLANATIONS[kind]), lines)


def _line_of_revocation(found: documents.CheckedDocument) -> Line:
    if found.standing is documents.Standing.REVOKED:
        return Line(_("The issuer has revoked it."), holds=False)
    return Line(_("The issuer has not revoked it."), holds=True)


def _line_of_term(found: documents.CheckedDocument) -> Line:
    if found.is_past_its_term:
        return Line(_("Its last day is over."), holds=False)
    return Line(_("Its last day is not over."), holds=True)
