"""Figures as they stand, and writing what files or officers say otherwise: steps of the operations beside."""

import datetime as dt
from collections.abc import Iterator
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.db import connection

from panjereh.domain.indices import models
from panjereh.domain.indices.rules.reference_files import Reference
from panjereh.domain.indices.rules.revising import Changes, Figure, Key, Revision, Standing, revise
from panjereh.domain.indices.rules.states import ProposalState

_PUBLISHED = """
SELECT DISTINCT ON (value.edition_id, value.iso3, value.part)
    edition.index, edition.edition, value.iso3, value.part, value.value, value.source_id,
    value.published_rank, value.ranked, value.revision, value.proposal_id IS NOT NULL
FROM indices_value AS value JOIN indices_edition AS edition ON edition.id = value.edition_id
WHERE %(index)s = '' OR (edition.index = %(index)s AND edition.edition = %(edition)s)
ORDER BY value.edition_id, value.iso3, value.part, value.revision DESC
"""
_RAW = """
SELECT DISTINCT ON (iso3, indicator, year) iso3, indicator, year, value, source_id, revision
FROM indices_raw ORDER BY iso3, indicator, year, revision DESC
"""
_INTO_VALUES = """
COPY indices_value (edition_id, iso3, part, value, published_rank, ranked, source_id, proposal_id, revision,
    recorded_at) FROM STDIN
"""
_INTO_RAW = "COPY indices_raw (iso3, indicator, year, value, source_id, revision, recorded_at) FROM STDIN"


def lock() -> None:
    """Let nobody else write figures until the transaction ends: the next revision of each is counted."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtext('indices.figures'))")


def compare(reference: Reference) -> tuple[Changes, Changes]:
    """Return what the files would change in published figures and raw indicators."""
    return _published(reference).changes, _raw(reference).changes


def bring(reference: Reference, *, at: dt.datetime) -> tuple[Changes, Changes]:
    """Write what the files say otherwise, and return what that was."""
    published, raw = _published(reference), _raw(reference)
    write_published(published, proposal_id=None, at=at)
    _copy(
        _INTO_RAW,
        ((*key, figure.value, figure.source, revision, at) for key, figure, revision in raw.fresh),
    )
    return published.changes, raw.changes


def standing_published(index: str = "", edition: str = "") -> dict[Key, Standing]:
    """Return the figures that speak by index, edition, state and part: all, or those of one edition."""
    with connection.cursor() as cursor:
        cursor.execute(_PUBLISHED, {"index": index, "edition": edition})
        return {
            tuple(row[:4]): Standing(_figure(*row[4:8]), row[8], is_decided=row[9])
            for row in cursor.fetchall()
        }


def decided_methods() -> dict[Key, str]:
    """Return the methods that stand by index and edition, of those that two officers decided on."""
    accepted = models.Proposal.objects.filter(state=ProposalState.ACCEPTED, report__decides_method=True)
    decided = set(accepted.order_by("id").values_list("index", "edition"))
    rows = models.Edition.objects.order_by("id").values_list("index", "edition", "method")
    return {(index, edition): method for index, edition, method in rows if (index, edition) in decided}


def write_published(revision: Revision, *, proposal_id: UUID | None, at: dt.datetime) -> None:
    """Write published figures, each in its revision; their editions are there."""
    ids = {(row.index, row.edition): row.id for row in models.Edition.objects.order_by("id")}
    _copy(
        _INTO_VALUES,
        (
            (
                ids[index, edition], iso3, part, figure.value, figure.published_rank, figure.ranked,
                figure.source, proposal_id, number, at,
            )
            for (index, edition, iso3, part), figure, number in revision.fresh
        ),
    )  # fmt: skip


def _published(reference: Reference) -> Revision:
    return revise("value", reference.published, standing_published())


def _raw(reference: Reference) -> Revision:
    with connection.cursor() as cursor:
        cursor.execute(_RAW)
        known: dict[Key, Standing] = {
            (row[0], row[1], str(row[2])): Standing(Figure(row[3], row[4]), row[5])
            for row in cursor.fetchall()
        }
    return revise("raw", reference.raw, known)


def _figure(value: Decimal | None, source: str, published_rank: int | None, ranked: bool) -> Figure:  # noqa: FBT001 -- columns in their order
    return Figure(value, source, published_rank, ranked)


def _copy(statement: str, rows: Iterator[tuple[Any, ...]]) -> None:
    with connection.cursor() as cursor, cursor.copy(statement) as into:
        for row in rows:
            into.write_row(row)
