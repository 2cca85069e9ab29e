"""The rows of `indices` in the table of doors."""

from uuid import UUID

from panjereh.domain.indices import api as indices
from panjereh_kernel.actor import Actor
from tests.platform.access.answers import ABSENT, DONE, EMPTY, Operation
from tests.platform.access.country import AT, Country
from tests.platform.people.desk import fresh_id


def of_mina(of: Country) -> UUID:
    for entry in indices.entries_of(actor=of.mina.actor, limit=1):
        return entry.id
    entry_id = fresh_id()
    indices.open_entry(entry_id, words="x", actor=of.mina.actor, at=AT)
    return entry_id


def see(of: Country, who: Actor) -> list[indices.EntryView]:
    of_mina(of)
    return indices.entries_of(actor=who, limit=9)


ACTING = (
    Operation(
        "indices.open_entry",
        lambda _, who: indices.open_entry(fresh_id(), words="x", actor=who, at=AT),
        ABSENT, DONE, DONE, ABSENT,
    ),
    Operation(
        "indices.close_entry",
        lambda of, who: indices.close_entry(of_mina(of), actor=who, at=AT),
        ABSENT, DONE, ABSENT, ABSENT,
    ),
    Operation("indices.entries_of", see, ABSENT, DONE, EMPTY, ABSENT),
)  # fmt: skip
