"""A connection that the server has cut is not handed to anybody."""

from collections.abc import Iterator

import pytest
from django.db import connections

from panjereh.plumbing.postgresql.base import DatabaseWrapper
from panjereh.plumbing.postgresql.connection import Connection

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "trace"])


@pytest.fixture
def pooled() -> Iterator[DatabaseWrapper]:
    own = connections["default"].settings_dict
    options = own["OPTIONS"] | {
        "pool": {"min_size": 1, "max_size": 1, "timeout": 10, "connection_class": Connection}
    }
    wrapper = DatabaseWrapper(
        own | {"OPTIONS": options, "CONN_HEALTH_CHECKS": False, "CONN_MAX_AGE": 0}, "pooled"
    )
    yield wrapper
    wrapper.close()
    wrapper.close_pool()


def backend(wrapper: DatabaseWrapper) -> int:
    """Ask one question as a request would, and give the connection back."""
    with wrapper.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        number = int(cursor.fetchone()[0])
    wrapper.close()
    return number


def cut(number: int) -> None:
    """End a session as its own role may; return when it is gone."""
    with connections["default"].cursor() as cursor:
        cursor.execute("SELECT pg_terminate_backend(%s, 5000)", [number])


def test_a_connection_that_lives_is_used_again(pooled: DatabaseWrapper):
    assert backend(pooled) == backend(pooled)


def test_a_connection_that_was_cut_is_replaced_unseen(pooled: DatabaseWrapper):
    first = backend(pooled)

    cut(first)

    assert backend(pooled) != first
