"""Waiting for a job never takes all threads of a web process."""

import threading
import time
from concurrent.futures import ThreadPoolExecutor

import pytest

from panjereh.plumbing import edge

pytestmark = pytest.mark.django_db(databases=[])


def test_what_is_done_is_not_waited_for():
    assert edge.wait_until(lambda: True, seconds=60)


def test_what_is_not_done_in_time_is_told():
    assert not edge.wait_until(lambda: False, seconds=0)


def test_what_is_done_meanwhile_is_noticed():
    looks = iter([False, False, True])

    assert edge.wait_until(lambda: next(looks), seconds=60)


def test_when_enough_wait_already_the_next_only_looks():
    register_is_back = threading.Event()
    begun = threading.Barrier(edge.WAITERS + 1)

    def wait() -> bool:
        looks = iter([begun.wait])

        def is_done() -> bool:
            for look in looks:
                look(timeout=10)
            return register_is_back.is_set()

        return edge.wait_until(is_done, seconds=60)

    with ThreadPoolExecutor(edge.WAITERS) as threads:
        waiting = [threads.submit(wait) for _ in range(edge.WAITERS)]
        begun.wait(timeout=10)
        at = time.monotonic()
        answered = edge.wait_until(lambda: False, seconds=60)
        took = time.monotonic() - at
        register_is_back.set()

    assert not answered
    assert took < 1
    assert all(each.result() for each in waiting)


def test_a_look_that_fails_gives_its_place_back():
    def fail() -> bool:
        raise RuntimeError

    for _ in range(edge.WAITERS + 1):
        with pytest.raises(RuntimeError):
            edge.wait_until(fail, seconds=0)

    looks = iter([False, True])
    assert edge.wait_until(lambda: next(looks), seconds=60)
