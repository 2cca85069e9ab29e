"""Take the reference data of the country in, again and again, and say what changed."""

import datetime as dt
import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from django.db import transaction

from panjereh.domain.audit import api as audit
from panjereh.domain.directory import models
from panjereh.domain.directory.operations import calendars
from panjereh.domain.directory.rules import calendar_files, together
from panjereh.domain.directory.rules.calendar_files import CalendarFiles
from panjereh.domain.directory.rules.comparing import Changes, Difference, Known, compare
from panjereh.domain.directory.rules.entries import READERS, Entry, read_entries
from panjereh.domain.directory.rules.tables import DataFault, ReferenceDataFaultyError
from panjereh.plumbing import memory
from panjereh_kernel.actor import Actor, Channel

FILES: Final = (*READERS, calendar_files.HOLIDAYS, calendar_files.WEEKLY_REST)
TABLES: Final = models.KINDS
_BATCH: Final = 2000


@dataclass(frozen=True, slots=True)
class _Files:
    """Everything the files say, checked."""

    digests: Mapping[str, str]
    entries: tuple[Entry, ...]
    calendar: CalendarFiles


@transaction.atomic(durable=True)
def import_directory(directory: Path, *, at: dt.datetime) -> tuple[Changes, ...]:
    """Bring the directory in line with the files in `directory` and return what changed, per kind.

    Repeating it changes nothing. Nothing is deleted or overwritten: a corrected row is kept beside the new
    one, and what left the files stays and is reported as missing. Days off that say something else become a
    new version of the calendar beside the old ones. Raises `ReferenceDataFaultyError` with every fault, and
    changes nothing, if a file cannot be right.
    """
    files = _read(directory)
    calendars.lock_calendars()
    differences = _differences(files.entries)
    for difference in differences:
        _write(difference, at=at)
    changes = (*(each.changes for each in differences), _adopt(files.calendar, at=at))
    if any(change.writes for change in changes):
        _record(files.digests, changes, at=at)
        memory.forget()
    return changes


def compare_directory(directory: Path) -> tuple[Changes, ...]:
    """Return what `import_directory` would change, and change nothing. Raises `ReferenceDataFaultyError`."""
    files = _read(directory)
    return (*(each.changes for each in _differences(files.entries)), _calendar_changes(files.calendar))


def _read(directory: Path) -> _Files:
    faults: list[DataFault] = []
    contents = {name: _content(directory, name, faults) for name in FILES}
    entries = read_entries(contents, faults)
    together.check(entries)
    calendar = calendar_files.read_calendar(contents, faults, places=together.offices(entries))
    if faults:
        raise ReferenceDataFaultyError(tuple(sorted(set(faults))))
    digests = {name: hashlib.sha256(content).hexdigest() for name, content in contents.items()}
    return _Files(digests, entries, calendar)


def _content(directory: Path, name: str, faults: list[DataFault]) -> bytes:
    try:
        return (directory / name).read_bytes()
    except OSError:
        faults.append(DataFault(name, 1, "cannot be read"))
        return b""


def _differences(entries: tuple[Entry, ...]) -> list[Difference]:
    return [
        compare(kind, (entry for entry in entries if entry.kind == kind), _known(model, columns))
        for kind, model in TABLES.items()
        for columns in [next((tuple(entry.values) for entry in entries if entry.kind == kind), ())]
    ]


def _known(model: type[models.Version], columns: tuple[str, ...]) -> list[Known]:
    # Django's public name for it, whatever the underscore says.
    rows = model._default_manager.filter(replaced_at=None).order_by("code", "id")  # noqa: SLF001
    return [
        Known(pk, code, valid_from, dict(zip(columns, values, strict=True)))
        for pk, code, valid_from, *values in rows.values_list("id", "code", "valid_from", *columns)
    ]


def _write(difference: Difference, *, at: dt.datetime) -> None:
    model = TABLES[difference.changes.kind]
    if difference.replaced:
        model._default_manager.filter(id__in=difference.replaced).update(replaced_at=at)  # noqa: SLF001
    model._default_manager.bulk_create(  # noqa: SLF001
        (
            model(code=entry.code, valid_from=entry.valid_from, recorded_at=at, **entry.values)
            for entry in difference.fresh
        ),
        batch_size=_BATCH,
    )


def _adopt(files: CalendarFiles, *, at: dt.datetime) -> Changes:
    changes = _calendar_changes(files)
    if changes.added:
        calendars.keep_calendar((*files.closings, *calendars.decreed_closings()), files.weeks, at=at)
    return changes


def _calendar_changes(files: CalendarFiles) -> Changes:
    # What was decreed for a day is not in the files and stays in every later calendar.
    new = CalendarFiles((*files.closings, *calendars.decreed_closings()), files.weeks)
    version = calendar_files.source_of(new.closings, new.weeks).version
    current = calendars.current_calendar()
    if current is None:
        return Changes("calendar", added=(version,))
    if current.version == version:
        return Changes("calendar")
    old = CalendarFiles(calendars.closings_of(current), calendars.weeks_of(current))
    return Changes("calendar", added=(version,), changed=calendar_files.compare_calendars(old, new))


def _record(digests: Mapping[str, str], changes: tuple[Changes, ...], *, at: dt.datetime) -> None:
    models.ImportRun.objects.bulk_create(
        models.ImportRun(file=name, sha256=digest, imported_at=at) for name, digest in digests.items()
    )
    said = "".join(f"{name} {digest}\n" for name, digest in sorted(digests.items()))
    audit.record(
        event="directory.reference-data.imported",
        actor=Actor.system("import-directory", channel=Channel.COMMAND),
        subject="directory",
        at=at,
        # Counts for people; the digest binds the record to these very files, whose own stand in `ImportRun`.
        facts={change.kind: change.writes for change in changes}
        | {"sha256": hashlib.sha256(said.encode()).hexdigest()},
    )
