"""What an import changes: entries of the files beside rows of the database."""

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from panjereh.domain.directory.rules.entries import Cell, Entry


@dataclass(frozen=True, slots=True)
class Known:
    """A row of the database as it stands, by the columns an entry has."""

    id: int
    code: str
    valid_from: dt.date | None
    values: Mapping[str, Cell]


@dataclass(frozen=True, slots=True)
class FieldChange:
    """One column of one thing: what the database said and what the files say; empty for nothing."""

    code: str
    field: str
    old: str
    new: str


@dataclass(frozen=True, slots=True)
class Changes:
    """What an import does to one kind of thing.

    Codes that come, fields that change, codes that end on a day they had not before, and codes that are in
    the database alone: those stay as they are.
    """

    kind: str
    added: tuple[str, ...] = ()
    changed: tuple[FieldChange, ...] = ()
    ended: tuple[str, ...] = ()
    missing: tuple[str, ...] = ()

    @property
    def is_empty(self) -> bool:
        """Whether the database already says the same."""
        return not (self.added or self.changed or self.ended or self.missing)

    @property
    def writes(self) -> int:
        """How many things are written."""
        return len(self.added) + len({each.code for each in self.changed} | set(self.ended))


@dataclass(frozen=True, slots=True)
class Difference:
    """The changes of one kind, the rows that no longer speak and the entries that speak from now on."""

    changes: Changes
    replaced: tuple[int, ...]
    fresh: tuple[Entry, ...]


def compare(kind: str, entries: Iterable[Entry], known: Iterable[Known]) -> Difference:
    """Return what makes the database say what the entries of a kind say."""
    rows = {(row.code, row.valid_from): row for row in known}
    fresh: list[Entry] = []
    replaced: list[int] = []
    added, ended, changed = [], [], []
    for entry in entries:
        row = rows.pop(entry.key, None)
        if row is None:
            fresh.append(entry)
            added.append(entry.code)
            continue
        differing = [name for name, value in entry.values.items() if row.values[name] != value]
        if not differing:
            continue
        fresh.append(entry)
        replaced.append(row.id)
        if row.values["valid_to"] is None and entry.valid_to is not None:
            ended.append(entry.code)
        changed += [
            FieldChange(entry.code, name, str(row.values[name] or ""), entry.says(name)) for name in differing
        ]
    missing = tuple(sorted(code for code, _ in rows))
    changes = Changes(kind, tuple(added), tuple(changed), tuple(ended), missing)
    return Difference(changes, tuple(replaced), tuple(fresh))
