"""Sixteen writers of B-AUDIT, each a process with its connection, in rounds with and without leaves."""

from __future__ import annotations

import datetime as dt
import json
import multiprocessing
import sys
import time
from statistics import median
from typing import TYPE_CHECKING
from uuid import UUID, uuid4

import django

django.setup()

from django.db import connection, connections, transaction  # noqa: E402 -- after the set-up

from panjereh.domain.audit import api as audit  # noqa: E402
from panjereh.plumbing import sql  # noqa: E402
from panjereh_kernel.actor import Actor, Channel, Role  # noqa: E402

if TYPE_CHECKING:
    from multiprocessing.synchronize import Barrier

WRITERS, CHANGES, PAIRS, WARM = 16, 120, 5, 20
ACTOR = Actor(
    role=Role.CITIZEN,
    channel=Channel.WEB,
    purpose="own-affairs",
    subject_id=UUID(int=1),
    account_id=UUID(int=2),
    acr=1,
    ial=1,
)


def change(thing: int, *, is_recorded: bool) -> None:
    """Lock a thing, change it and keep the act, in the ways an operation does; with its leaf or without."""
    at = dt.datetime.now(tz=dt.UTC)
    with transaction.atomic(durable=True):
        sql.row("SELECT state FROM bench_thing WHERE id = %s FOR UPDATE", [thing])
        sql.do("UPDATE bench_thing SET state = state + 1, changed_at = %s WHERE id = %s", [at, thing])
        sql.do("INSERT INTO bench_act (id, thing_id, at) VALUES (%s, %s, %s)", [uuid4(), thing, at])
        if is_recorded:
            audit.record(event="benchmark.thing.changed", actor=ACTOR, subject=str(thing), at=at)


def write(thing: int, barrier: Barrier) -> None:
    """Be one writer: warm up, then wait for the others before and after each round."""
    for number in range(WARM):
        change(thing, is_recorded=bool(number % 2))
    for number in range(2 * PAIRS):
        barrier.wait()
        for _ in range(CHANGES):
            change(thing, is_recorded=bool(number % 2))
        barrier.wait()
    connections.close_all()


def main() -> None:
    """Start the writers, time the rounds, and say how many changes a second there were."""
    with connection.cursor() as cursor:
        cursor.executemany(
            "INSERT INTO bench_thing (id, state, changed_at) VALUES (%s, 0, now())",
            [[thing] for thing in range(WRITERS + 1)],
        )
    commits = [_seconds_of_a_change(WRITERS) for _ in range(WARM)]
    connections.close_all()
    fork = multiprocessing.get_context("fork")
    barrier = fork.Barrier(WRITERS + 1)
    writers = [fork.Process(target=write, args=(thing, barrier)) for thing in range(WRITERS)]
    for writer in writers:
        writer.start()
    took: dict[bool, list[float]] = {False: [], True: []}
    for number in range(2 * PAIRS):
        barrier.wait()
        begun = time.perf_counter()
        barrier.wait()
        took[bool(number % 2)].append(time.perf_counter() - begun)
    for writer in writers:
        writer.join()
        assert writer.exitcode == 0, "a writer failed"
    _must_all_be_there()
    found = {
        "plain": WRITERS * CHANGES / median(took[False]),
        "recorded": WRITERS * CHANGES / median(took[True]),
        "leaves": WRITERS * (CHANGES * PAIRS + WARM // 2),
        "commit_ms": median(commits) * 1000,
    }
    sys.stdout.write(json.dumps(found))


def _seconds_of_a_change(thing: int) -> float:
    begun = time.perf_counter()
    change(thing, is_recorded=False)
    return time.perf_counter() - begun


def _must_all_be_there() -> None:
    changes = WRITERS * (2 * CHANGES * PAIRS + WARM) + WARM
    with connection.cursor() as cursor:
        cursor.execute("SELECT (SELECT sum(state) FROM bench_thing), (SELECT count(*) FROM bench_act)")
        assert tuple(map(int, cursor.fetchone())) == (changes, changes)


if __name__ == "__main__":
    main()
