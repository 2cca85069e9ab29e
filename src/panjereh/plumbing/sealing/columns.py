"""Every sealed column of every table, found from the models: what an erasure is held against.

A column is sealed if its name begins with `sealed_`. Its key is that of `subject_id`, or of the column its
model names in `SEALED_UNDER`. A model that says neither is a fault: none can be left out.
"""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.apps import apps
from django.db import models

from panjereh.plumbing.sealing.fields import ContentErased, SealBroken, opener

PREFIX, SUBJECT = "sealed_", "subject_id"
# Said by a model whose rows are sealed under a key that belongs to nobody.
NOBODY = ""


@dataclass(frozen=True, slots=True)
class SealedColumn:
    """One sealed column, and the column of its table that names the owner of the key, if one does."""

    model: type[models.Model]
    name: str
    owner: str

    @property
    def table(self) -> str:
        """The name of its table in the database."""
        return self.model._meta.db_table  # noqa: SLF001 -- Django's documented name


@dataclass(frozen=True, slots=True)
class Closed:
    """A sealed column in which nothing of one owner opens: how many values were tried."""

    table: str
    column: str
    tried: int


class StillOpen(Exception):  # noqa: N818 -- reads as what happened
    """Something of an erased owner still opens. The erasure is not done."""


def sealed_columns() -> list[SealedColumn]:
    """Return all sealed columns, by table and name. Raises `LookupError` for one whose owner is not said."""
    found = [
        SealedColumn(model, field.attname, _owner(model))
        for model in apps.get_models()
        for field in _fields(model)
        if field.attname.startswith(PREFIX)
    ]
    return sorted(found, key=lambda column: (column.table, column.name))


def prove_closed(owner_id: UUID) -> list[Closed]:
    """Try to open everything sealed under this owner's key. Raises `StillOpen` as soon as something does."""
    return [
        Closed(
            column.table,
            column.name,
            sum(_refuse_to_open(owner_id, value) for value in _values(column, owner_id)),
        )
        for column in sealed_columns()
        if column.owner
    ]


def _owner(model: type[models.Model]) -> str:
    said = getattr(model, "SEALED_UNDER", None)
    if said is not None:
        return str(said)
    if SUBJECT in {field.attname for field in _fields(model)}:
        return SUBJECT
    raise LookupError(f"{model.__name__} does not say under whose key its columns are sealed")


def _fields(model: type[models.Model]) -> "list[models.Field[Any, Any]]":
    return list(model._meta.concrete_fields)  # noqa: SLF001 -- Django's documented name


def _values(column: SealedColumn, owner_id: UUID) -> list[bytes]:
    wanted = {column.owner: owner_id, f"{column.name}__isnull": False}
    rows = column.model._default_manager.filter(**wanted)  # noqa: SLF001 -- Django's documented name
    return list(rows.order_by("pk").values_list(column.name, flat=True))


def _refuse_to_open(owner_id: UUID, value: bytes) -> int:
    # Without the key no field name opens it, so it does not matter under which it was sealed.
    try:
        opener(owner_id)("", value)
    except ContentErased:
        return 1
    except SealBroken:  # there is a key: only the field name was wrong
        pass
    raise StillOpen(str(owner_id))
