"""What registers said for a case, as a person reads it: whose words, since when, and each value in words."""

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Final
from uuid import UUID

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from panjereh.domain.casework import api as casework
from panjereh.domain.catalogue import api as catalogue
from panjereh.domain.directory import api as directory
from panjereh.domain.disclosure import api as disclosure
from panjereh.domain.exchange import api as exchange
from panjereh.plumbing import pages

# Fields of registers' answers that people read, in their order, with the word before them.
WORDS: Final = {
    "given_name": gettext_noop("Given name"),
    "family_name": gettext_noop("Family name"),
    "father_name": gettext_noop("Father's name"),
    "postal_code": gettext_noop("Postal code"),
    "city": gettext_noop("City"),
    "address_line": gettext_noop("Address"),
    "kind": gettext_noop("Kind of place"),
    "since": gettext_noop("Since"),
    "bond": gettext_noop("Proven by"),
}
VALUES: Final = {
    "dwelling": gettext_noop("dwelling"),
    "shop": gettext_noop("shop"),
    "land": gettext_noop("land"),
    "deed": gettext_noop("deed"),
    "lease": gettext_noop("registered lease"),
    "confirmed": gettext_noop("confirmation of owner or tenant"),
}
DATES: Final = ("since",)
CODES: Final = ("postal_code",)
# Written by the registers in Persian, in whatever language the page is.
PERSIAN: Final = ("given_name", "family_name", "father_name", "city", "address_line")


@dataclass(frozen=True, slots=True)
class Row:
    """One value: the word before it, itself, and whether it is a code or Persian words of a register."""

    term: str
    value: str
    is_code: bool
    is_persian: bool


@dataclass(frozen=True, slots=True)
class ShownFact:
    """One question to a register. `rows` is empty while it is awaited and when it knows nothing."""

    evidence: str
    requirement: str
    holder: str
    holder_id: str
    state: str
    asked_at: dt.datetime
    answered_at: dt.datetime | None
    receipt_id: UUID | None
    is_found: bool
    rows: tuple[Row, ...]


def facts_of(view: casework.CaseView, pack: catalogue.Pack) -> list[ShownFact]:
    """Return the facts of a case in the order of the pack; the directory is asked once."""
    holders = {each.evidence: exchange.data_set(each.data_set).holder for each in view.facts}
    agencies = directory.agencies(set(holders.values())) if holders else {}
    return [_fact(each, pack, agencies[holders[each.evidence]]) for each in view.facts]


def not_yet_asked(view: casework.CaseView, pack: catalogue.Pack) -> list[str]:
    """Return what is asked after the answers that are awaited now."""
    known = {each.evidence for each in view.facts}
    return [pages.either(each.requirement) for each in pack.evidence if each.id not in known]


def _fact(one: disclosure.Fact, pack: catalogue.Pack, holder: directory.Agency) -> ShownFact:
    fields = casework.fields_of(one.answer or {})
    return ShownFact(
        evidence=one.evidence,
        requirement=pages.either(pack.evidence_named(one.evidence).requirement),
        holder=pages.either(holder.name),
        holder_id=holder.id,
        state=one.state.value,
        asked_at=one.asked_at,
        answered_at=one.answered_at,
        receipt_id=one.receipt_id,
        is_found=bool(fields.get("found")),
        rows=tuple(_rows(fields)),
    )


def _rows(fields: Mapping[str, Any]) -> Iterable[Row]:
    for name, word in WORDS.items():
        if name in fields:
            yield Row(_(word), _value(name, fields[name]), name in CODES, name in PERSIAN)


def _value(name: str, raw: Any) -> str:
    text = str(raw)
    if name in DATES:
        return pages.show_date(dt.date.fromisoformat(text))
    return _(VALUES[text]) if text in VALUES else pages.digits(text)
