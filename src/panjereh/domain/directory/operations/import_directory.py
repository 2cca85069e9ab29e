"""Take the reference data of the country in, again and again, and say what changed."""

import datetime as dt
import hashlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

from django.db import models, transaction

from panjereh.domain.audit import api as audit
from panjereh.domain.directory.models import (
    Agency,
    Calendar,
    Closing,
    ImportRun,
    LegalInstrument,
    Province,
    WeeklyRest,
)
from panjereh.domain.directory.rules import reference_data as data
from panjereh.plumbing import memory
from panjereh_kernel.actor import Actor, Channel


@dataclass(frozen=True, slots=True)
class Changes:
    """What an import did to one kind of thing: ids that came, changed, or are only in the database."""

    kind: str
    added: tuple[str, ...] = ()
    changed: tuple[str, ...] = ()
    missing: tuple[str, ...] = ()

    @property
    def is_empty(self) -> bool:
        """Whether the database already said the same."""
        return not (self.added or self.changed or self.missing)


@transaction.atomic(durable=True)
def import_directory(directory: Path, *, at: dt.datetime) -> tuple[Changes, ...]:
    """Bring the directory in line with the files in `directory` and return what changed, per kind.

    Repeating it changes nothing. Nothing is deleted: what left the files is reported as missing. A calendar
    that says something else becomes a new version beside the old ones. Raises `ReferenceDataFaultyError`
    and changes nothing if a file cannot be right.
    """
    contents = {name: _read(directory, name) for name in data.FILES}
    changes = (
        _agencies(contents[data.AGENCIES]),
        _provinces(contents[data.PROVINCES]),
        _legal_instruments(contents[data.LEGAL_INSTRUMENTS]),
        _calendar(contents, at),
    )
    if not all(change.is_empty for change in changes):
        _record(contents, changes, at)
        memory.forget()
    return changes


def _read(directory: Path, name: str) -> bytes:
    try:
        return (directory / name).read_bytes()
    except OSError as fault:
        raise data.ReferenceDataFaultyError(name, 1, "cannot be read") from fault


def _agencies(content: bytes) -> Changes:
    rows = data.agencies_in_order(data.read_rows(data.AGENCIES, content))
    return _bring_in_line(
        Agency,
        rows,
        "id",
        lambda _line, row: {
            "name_fa": row["name_fa"],
            "name_en": row["name_en"],
            "kind": row["kind"],
            "parent_id": row["parent_id"] or None,
        },
    )


def _provinces(content: bytes) -> Changes:
    rows = data.read_rows(data.PROVINCES, content)
    return _bring_in_line(
        Province, rows, "code", lambda _line, row: {"name_fa": row["name_fa"], "name_en": row["name_en"]}
    )


def _legal_instruments(content: bytes) -> Changes:
    rows = data.read_rows(data.LEGAL_INSTRUMENTS, content)
    return _bring_in_line(
        LegalInstrument,
        rows,
        "id",
        lambda line, row: {
            "title_fa": row["title_fa"],
            "title_en": row["title_en"],
            "approved_on": data.optional_date(data.LEGAL_INSTRUMENTS, line, row["approved_on"]),
            "certainty": row["certainty"],
        },
    )


def _bring_in_line(
    model: type[models.Model],
    rows: list[data.Row],
    key: str,
    values_of: Callable[[int, data.Row], dict[str, object]],
) -> Changes:
    kept = {str(row.pk): row for row in model._default_manager.all()}  # noqa: SLF001 -- Django's public name for it
    added, changed = [], []
    for line, row in enumerate(rows, start=2):
        name, values = row[key], values_of(line, row)
        known = kept.pop(name, None)
        if known is None:
            model._default_manager.create(pk=name, **values)  # noqa: SLF001
            added.append(name)
        elif any(getattr(known, field) != value for field, value in values.items()):
            model._default_manager.filter(pk=name).update(**values)  # noqa: SLF001
            changed.append(name)
    return Changes(model._meta.model_name or "", tuple(added), tuple(changed), tuple(sorted(kept)))  # noqa: SLF001


def _calendar(contents: Mapping[str, bytes], at: dt.datetime) -> Changes:
    rows = data.read_calendar(contents)
    if Calendar.objects.filter(version=rows.version).exists():
        return Changes("calendar")
    calendar = Calendar.objects.create(
        version=rows.version, known_from=rows.known_from, known_until=rows.known_until, imported_at=at
    )
    Closing.objects.bulk_create(
        Closing(
            calendar=calendar,
            on=row.on,
            name_fa=row.name_fa,
            name_en=row.name_en,
            is_estimated=row.is_estimated,
        )
        for row in rows.closings
    )
    WeeklyRest.objects.bulk_create(
        WeeklyRest(
            calendar=calendar, province_code=row.province_code, weekday=row.weekday, valid_from=row.valid_from
        )
        for row in rows.rests
    )
    return Changes("calendar", added=(rows.version,))


def _record(contents: Mapping[str, bytes], changes: tuple[Changes, ...], at: dt.datetime) -> None:
    digests = {name: hashlib.sha256(content).hexdigest() for name, content in contents.items()}
    ImportRun.objects.bulk_create(
        ImportRun(file=name, sha256=digest, imported_at=at) for name, digest in digests.items()
    )
    audit.record(
        event="directory.reference-data.imported",
        actor=Actor.system("import-directory", channel=Channel.COMMAND),
        subject="directory",
        at=at,
        facts={change.kind: len(change.added) + len(change.changed) for change in changes},
    )
