"""A receipt's proof in words: what was checked, what held, and how to check it without us."""

import datetime as dt
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final
from uuid import UUID

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from panjereh.domain.directory import api as directory
from panjereh.domain.disclosure import api as disclosure
from panjereh.domain.exchange import api as exchange
from panjereh.plumbing import pages
from panjereh.web.citizen.accesses import shown
from panjereh_kernel import jalali

SEALS = {
    exchange.Check.HELD: "valid",
    exchange.Check.BROKEN: "revoked",
    exchange.Check.UNKNOWN: "unknown",
}
VERDICTS = {
    exchange.Check.HELD: gettext_noop("This receipt is true"),
    exchange.Check.BROKEN: gettext_noop("This receipt does not hold"),
    exchange.Check.UNKNOWN: gettext_noop("Not everything could be checked now"),
}
EXPLANATIONS = {
    exchange.Check.HELD: gettext_noop(
        "The agency signed this very answer, and question and answer are in a log in which a change shows."
    ),
    exchange.Check.BROKEN: gettext_noop(
        "Something in it was changed, or was never so. Keep the file: it is evidence."
    ),
    exchange.Check.UNKNOWN: gettext_noop(
        "The log or the directory of the exchange could not be reached, or a key has been replaced since. "
        "The receipt itself is kept; try again later."
    ),
}
TAGS = {
    exchange.Check.HELD: ("good", gettext_noop("Passed")),
    exchange.Check.BROKEN: ("bad", gettext_noop("Failed")),
    exchange.Check.UNKNOWN: ("wait", gettext_noop("Could not be checked now")),
}
# Run by a test as it stands: it is what we tell people to do.
SCRIPT: Final = """\
from pathlib import Path
from panjereh_contracts.bundle import Bundle, verify_bundle
from panjereh_contracts.configuration import read_anchors

bundle = Bundle.decode(Path("proof.json").read_bytes())
anchors = read_anchors(Path("registry-keys.json").read_bytes())
log_key = Path("log-key.txt").read_text().strip()
proved = verify_bundle(bundle, anchors=anchors, log_key=log_key)
print(proved.signer.member, proved.signer.kid, proved.checkpoint.size)
"""


@dataclass(frozen=True, slots=True)
class ShownCheck:
    """One line of what was checked."""

    sentence: str
    kind: str
    outcome: str


def page_of(proof: exchange.ReceiptProof, *, at: dt.datetime) -> dict[str, Any]:
    """Return the values of the page."""
    view, receipt = proof.view, proof.receipt
    agency = pages.either(directory.agency(view.holder).name)
    return {
        "at": at,
        "number": shown.short_number(view.id),
        "receipt_id": view.id,
        "sentence": shown.sentence(view.outcome, agency=agency, what=shown.what_of(view.data_set)),
        "seal_kind": SEALS[proof.verdict],
        "verdict": _(VERDICTS[proof.verdict]),
        "explanation": _(EXPLANATIONS[proof.verdict]),
        "checks": _checks(proof, agency=agency),
        "fields": shown.fields_of(view.data_set) if view.outcome is exchange.Outcome.GIVEN else (),
        "purpose": shown.purpose(view.purpose),
        "law": shown.law(view.legal_basis),
        "asked_at": to_the_second(receipt.asked_at),
        "answered_at": to_the_second(receipt.answered_at),
        "view": view,
        "proof": proof,
        "has_bundle": proof.bundle is not None,
        "script": SCRIPT,
    }


def looks_as_data(
    looks: Sequence[disclosure.Look], evidence: Mapping[UUID, bytes]
) -> list[dict[str, object]]:
    """Return looks as plain data with codes, each with the node's receipt where there is one."""
    return [
        {
            "at": one.at.isoformat(),
            "kind": one.kind.value,
            "what": one.what,
            "who": one.who,
            "purpose": one.purpose,
            "legal_basis": one.legal_basis,
            "case": one.case_reference,
            "outcome": one.outcome,
            "fault": one.fault,
            "receipt_id": None if one.receipt_id is None else str(one.receipt_id),
            "receipt": json.loads(evidence[one.receipt_id]) if one.receipt_id in evidence else None,
        }
        for one in looks
    ]


def to_the_second(instant: dt.datetime) -> str:
    """Write an instant as proofs do: day and Tehran time with its seconds."""
    clock = pages.digits(instant.astimezone(jalali.TEHRAN).strftime("%-H:%M:%S"))
    return _("%(date)s, at %(time)s Tehran time") % {"date": pages.show_date(instant), "time": clock}


def _checks(proof: exchange.ReceiptProof, *, agency: str) -> list[ShownCheck]:
    receipt = proof.receipt
    return [
        _line(
            _("%(agency)s signed the answer, with a key that the directory of the exchange vouches for.")
            % {"agency": agency},
            proof.signature,
        ),
        _line(
            _("The question is entry %(index)s of the log.") % {"index": pages.digits(receipt.request_index)},
            proof.question,
        ),
        _line(
            _("The answer is entry %(index)s of the log.") % {"index": pages.digits(receipt.response_index)},
            proof.answer,
        ),
    ]


def _line(sentence: str, check: exchange.Check) -> ShownCheck:
    kind, outcome = TAGS[check]
    return ShownCheck(sentence, kind, _(outcome))
