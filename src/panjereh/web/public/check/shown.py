"""What the pages of the check show, as plain values: which seal, which sentence, which checks held."""

import datetime as dt
from dataclasses import dataclass

from django.utils.translation import gettext as _

from panjereh.domain.documents import api as documents
from panjereh.plumbing import pages
from panjereh.web.public.check import sentences
from panjereh_kernel import jalali


@dataclass(frozen=True, slots=True)
class Line:
    """One check in words, under its head word, and whether it held."""

    head: str
    sentence: str
    holds: bool


@dataclass(frozen=True, slots=True)
class Result:
    """A result page: `seal` names the mark; `lines` are the checks, none when nothing could be checked.

    `signatures` are sentences about each signature of a file that is not in order; `details` are terms and
    values for whoever files the result.
    """

    kind: str
    seal: str
    sentence: str
    explanation: str
    lines: tuple[Line, ...] = ()
    signatures: tuple[str, ...] = ()
    details: tuple[tuple[str, str], ...] = ()


def code_result(found: documents.CheckedDocument | None) -> Result:
    """Return the result of a check by number and code."""
    if found is None:
        return _result("unknown")
    record = Line(_("Record"), _("Number and code belong to a document we issued."), holds=True)
    lines = (record, _line_of_revocation(found), _line_of_term(found))
    way = _("By number and code, in our records. What is printed on a paper was not examined.")
    return _result(found.standing, lines, details=((_("How it was checked"), way),))


def file_result(report: documents.FileReport) -> Result:
    """Return the result of a check of a file, with every check and its answer."""
    lines = tuple(line_of(check, holds=holds) for check, holds in report.answers.items())
    details: tuple[tuple[str, str], ...] = (
        (_("How it was checked"), _("By the file itself, and in our records.")),
        (_("SHA-256 of the file"), report.sha256.hex(" ", 4)),
    )
    if report.document is None:
        told = tuple(_said(place, each) for place, each in enumerate(report.signatures, start=1))
        return _result(report.verdict, lines, signatures=told, details=details)
    found = report.document
    details += _form_of(report.signatures[0])
    return _result(
        found.standing, (*lines, _line_of_revocation(found), _line_of_term(found)), details=details
    )


def receipt_result(found: documents.CheckedReceipt) -> Result:
    """Return the result of a check of a receipt: that we made it, and nothing about the document today."""
    line = Line(_("Record"), _("We have issued exactly this receipt."), holds=True)
    details = ((_("Number of the receipt"), pages.digits(found.serial)),)
    return _result("receipt", (line,), details=details)


@dataclass(frozen=True, slots=True)
class Stated:
    """What a receipt states, in words: its result, when that was so, and of which document or file."""

    sentence: str
    checked_at: str
    serial: str
    file_sha256: str


def stated(statement: documents.Statement) -> Stated:
    """Return what a receipt states, in words."""
    digest = statement.file_sha256
    return Stated(
        sentence=_(sentences.RESULTS[statement.result][1]),
        checked_at=to_the_second(dt.datetime.fromisoformat(statement.checked_at)),
        serial=statement.document.serial if statement.document else "",
        file_sha256=bytes.fromhex(digest).hex(" ", 4) if digest else "",
    )


def line_of(check: documents.Check, *, holds: bool) -> Line:
    """Return one check of a file in words."""
    head, good, bad = sentences.CHECKS[check]
    return Line(_(head), _(good if holds else bad), holds)


def choose_a_file() -> str:
    """Return the sentence for a form sent without a file."""
    return _("Choose the PDF file of the document.")


def to_the_second(at: dt.datetime) -> str:
    """Write the time of a check: whoever files it needs the second."""
    clock = at.astimezone(jalali.TEHRAN).strftime("%-H:%M:%S")
    return _("%(date)s, at %(time)s Tehran time") % {
        "date": pages.show_date(at),
        "time": pages.digits(clock),
    }


def _result(
    kind: str,
    lines: tuple[Line, ...] = (),
    *,
    signatures: tuple[str, ...] = (),
    details: tuple[tuple[str, str], ...] = (),
) -> Result:
    seal, sentence, explanation = sentences.RESULTS[kind]
    return Result(kind, seal, _(sentence), _(explanation), lines, signatures, details)


def _form_of(signature: documents.SignatureFound) -> tuple[tuple[str, str], ...]:
    level = "B-T" if signature.stamped_at else "B-B"
    form = (_("Form of the signature"), f"PAdES {level} (ETSI EN 319 142-1), ECDSA P-256, SHA-256")
    if signature.stamped_at is None:
        return (form,)
    return (form, (_("Time stamp of a trusted authority"), to_the_second(signature.stamped_at)))


def _line_of_revocation(found: documents.CheckedDocument) -> Line:
    if found.standing is documents.Standing.REVOKED:
        return Line(_("Revocation"), _("The issuer has revoked it."), holds=False)
    return Line(_("Revocation"), _("The issuer has not revoked it."), holds=True)


def _line_of_term(found: documents.CheckedDocument) -> Line:
    if found.is_past_its_term:
        return Line(_("Term"), _("Its last day is over."), holds=False)
    return Line(_("Term"), _("Its last day is not over."), holds=True)


def _said(place: int, signature: documents.SignatureFound) -> str:
    if signature.signer is None:
        return _("Signature %(place)s: of a signer we do not know; it proves nothing here.") % {
            "place": pages.digits(place)
        }
    sentence = _(sentences.SIGNATURES[signature.is_intact, signature.covers_whole_file])
    return sentence % {"place": pages.digits(place), "signer": signature.signer}
