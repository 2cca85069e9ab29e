"""Changing the wrapping key while everybody goes on reading and writing.

A person's key stays the same and is only wrapped anew, so nothing sealed is touched. Each batch is one short
transaction that locks its rows: whoever seals or reads meanwhile sees the old wrapping or the new one, and
both open. A run that was killed is simply run again.
"""

import datetime as dt
from dataclasses import dataclass
from uuid import UUID

from django.conf import settings
from django.db import connection
from django.db.models import Count

from panjereh.plumbing.models import RetiredKey, SubjectKey
from panjereh_kernel.refusal import Refusal


class WrappingKeyInUse(Refusal):
    """The wrapping key still opens somebody's key, or is the one that wraps from now on."""

    code = "wrapping-key-in-use"

    def __init__(self, uses: int, *, is_current: bool) -> None:
        super().__init__(uses, is_current)
        self.uses = uses
        self.is_current = is_current


@dataclass(frozen=True, slots=True)
class KeyUse:
    """One wrapping key: how many keys it wraps, whether we hold it, and since when it is retired."""

    key_id: str
    uses: int
    is_current: bool
    is_held: bool
    retired_at: dt.datetime | None


@dataclass(frozen=True, slots=True)
class Rewrapped:
    """How many keys one batch wrapped anew, and the id of the wrapping key they are wrapped with now."""

    count: int
    key_id: str


def key_uses() -> list[KeyUse]:
    """Return every wrapping key that is held, used or retired, the current first, then by id."""
    held = settings.PANJEREH.wrapping
    counted = (
        SubjectKey.objects.filter(wrapped_key__isnull=False)
        .values_list("wrapping_key_id")
        .order_by("wrapping_key_id")
        .annotate(uses=Count("owner_id"))
    )
    uses: dict[str, int] = dict(counted)
    retired = {row.key_id: row.retired_at for row in RetiredKey.objects.order_by("key_id")}
    found = [
        KeyUse(each, uses.get(each, 0), each == held.current, each in held.known, retired.get(each))
        for each in {*uses, *held.known, *retired}
    ]
    return sorted(found, key=lambda use: (not use.is_current, use.key_id))


def rewrap_keys(*, limit: int) -> Rewrapped:
    """Wrap up to `limit` keys with the current wrapping key. A step.

    A count of 0 means that every key is wrapped with it. Raises `WrappingKeyMissing` when a key is wrapped
    with one that is not held: then nothing of this batch is changed. Two runs at once share the work.
    """
    keys = settings.PANJEREH.wrapping
    while rows := _still_old(keys.current, limit=limit):
        # A row that was erased or wrapped anew while we waited for its lock is no longer in the answer.
        locked = list(
            SubjectKey.objects.select_for_update()
            .filter(owner_id__in=rows, wrapped_key__isnull=False)
            .exclude(wrapping_key_id=keys.current)
            .order_by("owner_id")
        )
        if locked:
            _write([(row.owner_id, keys.wrap(_opened(row))[1]) for row in locked], keys.current)
            return Rewrapped(len(locked), keys.current)
    return Rewrapped(0, keys.current)


def retire_key(key_id: str, *, at: dt.datetime) -> bool:
    """Note that a wrapping key may be destroyed; False when that was noted before. A step.

    Raises `WrappingKeyInUse` while it wraps anything or is the current one. From then on the database refuses
    a key wrapped with it, so that a program left behind with the old key cannot seal what nobody could open.
    """
    # Whoever is making a key has committed before the count, or is refused after it.
    with connection.cursor() as cursor:
        cursor.execute("LOCK TABLE plumbing_subjectkey IN SHARE MODE")
    is_current = key_id == settings.PANJEREH.wrapping.current
    uses = SubjectKey.objects.filter(wrapping_key_id=key_id, wrapped_key__isnull=False).count()
    if uses or is_current:
        raise WrappingKeyInUse(uses, is_current=is_current)
    return RetiredKey.objects.get_or_create(key_id=key_id, defaults={"retired_at": at})[1]


def _still_old(current: str, *, limit: int) -> list[UUID]:
    """Return owners whose key another wrapping key wraps, by one such key at a time: that uses the index."""
    live = SubjectKey.objects.filter(wrapped_key__isnull=False)
    others = live.order_by("wrapping_key_id").values_list("wrapping_key_id", flat=True)
    below = others.filter(wrapping_key_id__lt=current).first()
    other = below or others.filter(wrapping_key_id__gt=current).first()
    if other is None:
        return []
    return list(
        live.filter(wrapping_key_id=other).order_by("owner_id").values_list("owner_id", flat=True)[:limit]
    )


def _opened(row: SubjectKey) -> bytes:
    return bytes(settings.PANJEREH.wrapping.unwrap(row.wrapping_key_id, bytes(row.wrapped_key or b"")))


def _write(wrapped: list[tuple[UUID, bytes]], key_id: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE plumbing_subjectkey SET wrapped_key = new.wrapped, wrapping_key_id = %s "
            "FROM unnest(%s::uuid[], %s::bytea[]) AS new (owner, wrapped) WHERE owner_id = new.owner",
            [key_id, [owner for owner, _ in wrapped], [key for _, key in wrapped]],
        )
