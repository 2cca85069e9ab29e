"""Reading the law that the product rests on: instruments, their articles, and what holds on a day."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Q

from panjereh.domain.directory import models
from panjereh.domain.directory.queries import chosen, of_codes
from panjereh.plumbing.memory import kept
from panjereh_kernel.refusal import NotFound


class InstrumentUnknown(NotFound):
    """No legal instrument has this id."""

    code = "legal-instrument-unknown"


@dataclass(frozen=True, slots=True)
class LegalInstrument:
    """An act, by-law, resolution or circular; `certainty` (A to D) says how surely all this is known.

    `source` says from where, `recorded_at` since when it stands here.

    In force from `in_force_on`; from `ended_on` no longer, and `end_kind` says why. Dates are None where not
    known: one that was approved counts as in force from then on if nothing surer is known.
    """

    id: str
    title: dict[str, str]
    kind: str
    issuer_id: str | None
    approved_on: dt.date | None
    confirmed_on: dt.date | None
    issued_on: dt.date | None
    published_on: dt.date | None
    in_force_on: dt.date | None
    ended_on: dt.date | None
    end_kind: str
    certainty: str
    source: str
    recorded_at: dt.datetime

    @property
    def binds_from(self) -> dt.date | None:
        """The first day it binds, as far as its dates are known: the last of those of its making."""
        making = (self.approved_on, self.confirmed_on, self.issued_on, self.published_on, self.in_force_on)
        return max((date for date in making if date is not None), default=None)

    def is_in_force(self, on: dt.date) -> bool:
        """Return whether it binds on a day, as far as its dates are known."""
        begun = self.binds_from is None or self.binds_from <= on
        return begun and (self.ended_on is None or on < self.ended_on)


@dataclass(frozen=True, slots=True)
class Article:
    """An article or a note, by the number it is cited by, and what it is about in our own words."""

    instrument_id: str
    number: str
    parent_number: str
    about: dict[str, str]
    valid_from: dt.date | None
    valid_to: dt.date | None
    certainty: str

    def is_in_force(self, on: dt.date) -> bool:
        """Return whether this wording binds on a day."""
        return (self.valid_from or dt.date.min) <= on and (self.valid_to is None or on < self.valid_to)


@dataclass(frozen=True, slots=True)
class Relation:
    """What one instrument does to another: amends, supersedes, repeals, rests-on."""

    instrument_id: str
    kind: str
    other_id: str
    on: dt.date | None


def legal_instrument(instrument_id: str) -> LegalInstrument:
    """Return one instrument. Raises `InstrumentUnknown`."""
    found = legal_instruments([instrument_id])
    if instrument_id not in found:
        raise InstrumentUnknown
    return found[instrument_id]


def legal_instruments(instrument_ids: Iterable[str] | None = None) -> dict[str, LegalInstrument]:
    """Return the legal instruments of these ids that are known, by id; all of them without ids."""
    return chosen(_legal_instruments(), instrument_ids)


@kept
def _legal_instruments() -> dict[str, LegalInstrument]:
    rows = of_codes(models.InstrumentVersion.objects.all(), None, on=None)
    return {row.code: _instrument(row) for row in rows}


def legal_articles(
    instrument_ids: Iterable[str] | None = None,
) -> dict[str, tuple[Article, ...]]:
    """Return every wording of the articles of these instruments, or of all, by instrument and number.

    Notes follow their article. An amended article is there once for each time it held.
    """
    rows = models.ArticleVersion.objects.filter(replaced_at=None)
    if instrument_ids is not None:
        rows = rows.filter(instrument_code__in=set(instrument_ids))
    found: dict[str, list[Article]] = defaultdict(list)
    for row in rows.order_by("instrument_code", "code", "id"):
        found[row.instrument_code].append(_article(row))
    return {instrument: tuple(sorted(articles, key=_place)) for instrument, articles in found.items()}


def legal_relations(instrument_id: str) -> tuple[Relation, ...]:
    """Return what an instrument does to others and what others do to it, oldest first."""
    rows = models.RelationVersion.objects.filter(
        Q(instrument_code=instrument_id) | Q(other_code=instrument_id), replaced_at=None
    )
    return tuple(
        Relation(row.instrument_code, row.kind, row.other_code, row.valid_from)
        for row in rows.order_by("valid_from", "code")
    )


def _place(article: Article) -> tuple[int, str, int, str, dt.date]:
    own, above = article.number.removeprefix("note-"), article.parent_number or article.number
    return (
        _figure(above),
        above,
        bool(article.parent_number) * _figure(own),
        own,
        article.valid_from or dt.date.min,
    )


def _figure(number: str) -> int:
    digits = "".join(sign for sign in number if sign.isascii() and sign.isdigit())
    return int(digits or 0)


def _instrument(row: models.InstrumentVersion) -> LegalInstrument:
    return LegalInstrument(
        id=row.code,
        title={"fa": row.name_fa, "en": row.name_en},
        kind=row.kind,
        issuer_id=row.issuer_code or None,
        approved_on=row.approved_on,
        confirmed_on=row.confirmed_on,
        issued_on=row.issued_on,
        published_on=row.published_on,
        in_force_on=row.valid_from,
        ended_on=row.valid_to,
        end_kind=row.end_kind,
        certainty=row.certainty,
        source=row.source,
        recorded_at=row.recorded_at,
    )


def _article(row: models.ArticleVersion) -> Article:
    return Article(
        instrument_id=row.instrument_code,
        number=row.number,
        parent_number=row.parent_number,
        about={"fa": row.about_fa, "en": row.about_en},
        valid_from=row.valid_from,
        valid_to=row.valid_to,
        certainty=row.certainty,
    )
