"""Where the reference data comes from: how many entries of each kind, how surely known, from which files."""

import datetime as dt
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from django.db.models import Count, Max

from panjereh.domain.directory import models
from panjereh.domain.directory.operations import calendars
from panjereh.plumbing.memory import kept

_BACKED: Final = ("A", "B")


@dataclass(frozen=True, slots=True)
class KindOfData:
    """The entries of one kind that speak today: how many of each certainty (A to D), and from where.

    `share` is how many in a hundred a text or a second source stands behind, rounded down.
    """

    kind: str
    by_certainty: Mapping[str, int]
    sources: tuple[str, ...]
    newest_at: dt.datetime

    @property
    def count(self) -> int:
        """How many entries there are."""
        return sum(self.by_certainty.values())

    @property
    def share(self) -> int:
        """How many in a hundred are of certainty A or B."""
        return 100 * sum(self.by_certainty.get(each, 0) for each in _BACKED) // self.count


@dataclass(frozen=True, slots=True)
class ImportedFile:
    """A file as it was last taken in; `sha256` is the digest of its content, in hexadecimal."""

    name: str
    sha256: str
    imported_at: dt.datetime


@dataclass(frozen=True, slots=True)
class DaysOff:
    """The calendar limits are counted by today: its days off, and how many are computed and not announced."""

    version: str
    count: int
    computed: int
    known_from: dt.date
    known_until: dt.date


@dataclass(frozen=True, slots=True)
class Provenance:
    """Everything the directory knows of its own sources; `days_off` is None before the first import."""

    kinds: tuple[KindOfData, ...]
    files: tuple[ImportedFile, ...]
    days_off: DaysOff | None


@kept
def provenance() -> Provenance:
    """Return kinds of data that are there, files by name, and the calendar."""
    found = [_kind(kind, model) for kind, model in models.KINDS.items()]
    return Provenance(tuple(each for each in found if each is not None), _files(), _days_off())


def _kind(kind: str, model: type[models.Version]) -> KindOfData | None:
    rows = model._default_manager.filter(replaced_at=None)  # noqa: SLF001 -- Django's public name for it
    groups = rows.values("certainty", "source").annotate(n=Count("id"), newest=Max("recorded_at"))
    certainties: Counter[str] = Counter()
    sources: Counter[str] = Counter()
    newest: list[dt.datetime] = []
    for group in groups.order_by("certainty", "source"):
        certainties[group["certainty"]] += group["n"]
        sources[group["source"]] += group["n"]
        newest.append(group["newest"])
    if not newest:
        return None
    return KindOfData(kind, certainties, tuple(name for name, _ in sources.most_common()), max(newest))


def _files() -> tuple[ImportedFile, ...]:
    newest = models.ImportRun.objects.order_by("file", "-id").distinct("file")
    return tuple(ImportedFile(each.file, each.sha256, each.imported_at) for each in newest)


def _days_off() -> DaysOff | None:
    calendar = calendars.current_calendar()
    if calendar is None:
        return None
    closings = calendars.closings_of(calendar)
    computed = sum(each.is_estimated for each in closings)
    return DaysOff(calendar.version, len(closings), computed, calendar.known_from, calendar.known_until)
