"""Take the reference data of indices in, again and again, and say what changed."""

import datetime as dt
import hashlib
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final

from django.db import models as django_models
from django.db import transaction

from panjereh.domain.audit import api as audit
from panjereh.domain.indices import models
from panjereh.domain.indices.operations import figures
from panjereh.domain.indices.rules import reference_files
from panjereh.domain.indices.rules.faults import Fault, FaultKind, IndexDataFaultyError
from panjereh.domain.indices.rules.reference_files import Reference
from panjereh.domain.indices.rules.revising import Changes, Key, Restated
from panjereh.plumbing import memory
from panjereh_kernel.actor import Actor, Channel

# In the order in which they name each other.
TABLES: Final[Mapping[str, tuple[type[django_models.Model], tuple[str, ...]]]] = {
    "source": (models.Source, ("id",)),
    "country": (models.Country, ("iso3",)),
    "edition": (models.Edition, ("index", "edition")),
    "question": (models.Question, ("question_set", "codes")),
}


@transaction.atomic(durable=True)
def import_indices(directory: Path, *, at: dt.datetime) -> tuple[Changes, ...]:
    """Bring the indices in line with the files in `directory` and return what changed, per kind.

    Repeating it changes nothing. A figure that says something else becomes one more revision; what left the
    files stays; what two officers took in, figures and methods, stands against the files. Raises
    `IndexDataFaultyError` with every fault, and changes nothing, if a file cannot be right, changes a target,
    or has one begin from a rank that its baseline edition does not have.
    """
    reference, digest = _read(directory)
    figures.lock()
    changes = (*_bring_small_tables(reference, at=at), *figures.bring(reference, at=at))
    changes += (_add_targets(reference.targets, at=at),)
    if any(each.writes for each in changes):
        audit.record(
            event="indices.reference-data.imported",
            actor=Actor.system("import-indices", channel=Channel.COMMAND),
            subject="indices",
            at=at,
            # Counts for people; the digest binds the record to these very files.
            facts={each.kind: each.writes for each in changes} | {"sha256": digest},
        )
        memory.forget()
    return changes


def compare_indices(directory: Path) -> tuple[Changes, ...]:
    """Return what `import_indices` would change, and change nothing. Raises `IndexDataFaultyError`."""
    reference, _ = _read(directory)
    small = (_difference(kind, rows)[0] for kind, rows in _small(reference).items())
    return (*small, *figures.compare(reference), _target_changes(reference.targets))


def _read(directory: Path) -> tuple[Reference, str]:
    """Return what the files say, and one digest of them all."""
    faults: list[Fault] = []
    contents = {name: _content(directory, name, faults) for name in reference_files.FILES}
    reference = reference_files.read_reference(contents, faults)
    faults += _changed_targets(reference.targets)
    faults += _untrue_baselines(reference)
    if faults:
        raise IndexDataFaultyError(faults)
    said = "".join(f"{name} {hashlib.sha256(contents[name]).hexdigest()}\n" for name in sorted(contents))
    return reference, hashlib.sha256(said.encode()).hexdigest()


def _content(directory: Path, name: str, faults: list[Fault]) -> bytes:
    try:
        return (directory / name).read_bytes()
    except OSError:
        faults.append(Fault(name, 1, FaultKind.NOT_A_TABLE, "cannot be read"))
        return b""


def _small(reference: Reference) -> dict[str, reference_files.Rows]:
    decided = figures.decided_methods()
    return {
        "source": reference.sources,
        "country": reference.countries,
        "edition": {
            key: row | ({"method": decided[key]} if key in decided else {})
            for key, row in reference.editions.items()
        },
        "question": reference.questions,
    }


def _bring_small_tables(reference: Reference, *, at: dt.datetime) -> list[Changes]:
    changes = []
    for kind, rows in _small(reference).items():
        model, keys = TABLES[kind]
        said, fresh = _difference(kind, rows)
        more = {"recorded_at": at} if model is models.Edition else {}
        columns = list(next(iter(rows.values())))
        model._default_manager.bulk_create(  # noqa: SLF001 -- Django's public name for it
            [model(**dict(zip(keys, key, strict=True)), **rows[key], **more) for key in fresh],
            update_conflicts=True,
            unique_fields=keys,
            update_fields=columns,
        )
        changes.append(said)
    return changes


def _difference(kind: str, rows: reference_files.Rows) -> tuple[Changes, list[Key]]:
    """Return what changes in a small table, and the keys to write."""
    model, keys = TABLES[kind]
    columns = tuple(next(iter(rows.values())))
    known = {
        tuple(map(str, values[: len(keys)])): dict(zip(columns, values[len(keys) :], strict=True))
        for values in model._default_manager.order_by("pk").values_list(*keys, *columns)  # noqa: SLF001
    }
    added = [key for key in rows if key not in known]
    restated = [
        Restated(f"{' '.join(key)} {column}", _short(known[key][column]), _short(value))
        for key, row in rows.items()
        if key in known
        for column, value in row.items()
        if known[key][column] != value
    ]
    changed = [key for key, row in rows.items() if key in known and known[key] != row]
    missing = tuple(" ".join(key) for key in known if key not in rows)
    return Changes(kind, len(added), tuple(restated), missing), added + changed


def _short(value: Any) -> str:
    return "" if value is None else str(value)[:60]


def _add_targets(targets: reference_files.Rows, *, at: dt.datetime) -> Changes:
    changes, known = _target_changes(targets), _known_targets()
    models.Target.objects.bulk_create(
        models.Target(code=code, recorded_at=at, **row)
        for (code,), row in targets.items()
        if code not in known
    )
    return changes


def _known_targets() -> dict[str, models.Target]:
    return models.Target.objects.in_bulk()


def _target_changes(targets: reference_files.Rows) -> Changes:
    known, told = set(_known_targets()), {code for (code,) in targets}
    return Changes("target", len(told - known), missing=tuple(sorted(known - told)))


def _untrue_baselines(reference: Reference) -> list[Fault]:
    """Return a fault for each new target that begins from another rank than its baseline edition says.

    From a rank that nobody had every rank is a climb: a verdict entered by hand.
    """
    known = _known_targets()
    return [
        Fault(reference_files.TARGETS, 1, FaultKind.BASELINE_OTHERWISE, f"{code}: {rank}")
        for (code,), row in reference.targets.items()
        if code not in known and (rank := _baseline(reference, row)) != row["baseline_rank"]
    ]


def _baseline(reference: Reference, row: Mapping[str, Any]) -> int | None:
    """Return the rank that an edition gives a state, by the files or, for one that is not in them, by us."""
    of = (row["index"], row["baseline_edition"])
    told = {key[2:]: each for key, each in reference.published.items() if key[:2] == of}
    if not told:
        told = {key[2:]: each.figure for key, each in figures.standing_published(*of).items()}
    own = told.get((row["iso3"], row["part"]))
    if own is None or own.value is None or not own.ranked:
        return None
    values = [each.value for (_, part), each in told.items() if part == row["part"] and each.ranked]
    return own.published_rank or 1 + sum(value is not None and value > own.value for value in values)


def _changed_targets(targets: reference_files.Rows) -> list[Fault]:
    """Return a fault for each target that says something else than when it was set: nothing may."""
    known = _known_targets()
    return [
        Fault(reference_files.TARGETS, 1, FaultKind.TARGET_CHANGED, f"{code} {name}")
        for (code,), row in targets.items()
        if code in known
        for name, value in row.items()
        if getattr(known[code], name) != value
    ]
