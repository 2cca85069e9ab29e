"""What an import changes: entries of the files beside rows of the database."""

import datetime as dt
from collections import defaultdict
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

    @property
    def valid_to(self) -> dt.date | None:
        """The first day on which it no longer holds."""
        end = self.values["valid_to"]
        return end if isinstance(end, dt.date) else None


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
    the database alone: those stay as they are. `renewed` are codes that were known and have one more state,
    with the first day of it.
    """

    kind: str
    added: tuple[str, ...] = ()
    changed: tuple[FieldChange, ...] = ()
    ended: tuple[str, ...] = ()
    missing: tuple[str, ...] = ()
    renewed: tuple[tuple[str, dt.date | None], ...] = ()

    @property
    def is_empty(self) -> bool:
        """Whether the database already says the same."""
        return not (self.added or self.changed or self.ended or self.missing or self.renewed)

    @property
    def writes(self) -> int:
        """How many things are written."""
        return (
            len(self.added) + len(self.renewed) + len({each.code for each in self.changed} | set(self.ended))
        )


@dataclass(frozen=True, slots=True)
class Difference:
    """The changes of one kind, the rows that no longer speak and the entries that speak from now on."""

    changes: Changes
    replaced: tuple[int, ...]
    fresh: tuple[Entry, ...]


def compare(kind: str, entries: Iterable[Entry], known: Iterable[Known]) -> Difference:
    """Return what makes the database say what the entries of a kind say.

    A row belongs to the line with its code and first day. Where there is none, a line that speaks for some of
    the row's days takes its place: its first day became known, or was wrong. Other rows stay, as missing.
    """
    rows = {(row.code, row.valid_from): row for row in known}
    codes = {code for code, _ in rows}
    pairs = [(entry, rows.pop(entry.key, None)) for entry in entries]
    left = _by_code(rows.values())
    fresh: list[Entry] = []
    replaced: list[int] = []
    added, renewed, ended, changed = [], [], [], []
    for entry, same in pairs:
        overtaken = _overtaken(entry, left)
        row = overtaken.pop(0) if same is None and overtaken else same
        replaced += [each.id for each in overtaken]
        changed += [FieldChange(each.code, "valid_from", _day(each), "") for each in overtaken]
        if row is None:
            fresh.append(entry)
            if entry.code in codes:
                renewed.append(entry.key)
            else:
                added.append(entry.code)
        elif differing := _differing(row, entry):
            fresh.append(entry)
            replaced.append(row.id)
            changed += differing
            if row.valid_to is None and entry.valid_to is not None:
                ended.append(entry.code)
    missing = tuple(sorted(row.code for several in left.values() for row in several))
    changes = Changes(kind, tuple(added), tuple(changed), tuple(ended), missing, tuple(renewed))
    return Difference(changes, tuple(replaced), tuple(fresh))


def _by_code(rows: Iterable[Known]) -> dict[str, list[Known]]:
    found: dict[str, list[Known]] = defaultdict(list)
    for row in rows:
        found[row.code].append(row)
    return found


def _overtaken(entry: Entry, left: dict[str, list[Known]]) -> list[Known]:
    """Take those rows out of `left` that hold on days of the entry, the earliest first."""
    of_code = left.get(entry.code, [])
    found = [row for row in of_code if _begins(row) < _ends(entry) and _begins(entry) < _ends(row)]
    for row in found:
        of_code.remove(row)
    return sorted(found, key=_begins)


def _differing(row: Known, entry: Entry) -> list[FieldChange]:
    first = [FieldChange(row.code, "valid_from", _day(row), _day(entry))] * (_day(row) != _day(entry))
    return first + [
        FieldChange(row.code, name, str(row.values[name] or ""), entry.says(name))
        for name, value in entry.values.items()
        if row.values[name] != value
    ]


def _day(state: Known | Entry) -> str:
    return str(state.valid_from or "")


def _begins(state: Known | Entry) -> dt.date:
    return state.valid_from or dt.date.min


def _ends(state: Known | Entry) -> dt.date:
    return state.valid_to or dt.date.max
