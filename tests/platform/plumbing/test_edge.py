"""Waiting for a job never takes all threads of a web process."""

import dataclasses
import threading
import time
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.conf import settings
from django.test import RequestFactory

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


@pytest.mark.parametrize(("proxies", "address"), [(0, "10.0.0.1"), (1, "192.0.2.7"), (3, "10.0.0.1")])
def test_the_callers_address_is_believed_as_far_as_our_own_proxies_vouch_for_it(
    monkeypatch, proxies, address
):
    trusting = dataclasses.replace(settings.PANJEREH, trusted_proxies=proxies)
    monkeypatch.setattr(settings, "PANJEREH", trusting)
    told = {"REMOTE_ADDR": "10.0.0.1", "HTTP_X_FORWARDED_FOR": "198.51.100.1, 192.0.2.7"}

    assert edge.address_of(RequestFactory().get("/", **told)) == address
