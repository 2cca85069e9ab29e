"""Jobs wait for the transaction, and one waiting job of a key is enough."""

from django.db import connection, transaction
from procrastinate.contrib.django import app
from procrastinate.testing import InMemoryConnector

from panjereh.plumbing import queue


def waiting() -> int:
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM procrastinate_jobs")
        return int(cursor.fetchone()[0])


def test_a_rollback_takes_the_job_along():
    with transaction.atomic():
        queue.defer("some.work", number=1)
        transaction.set_rollback(True)

    assert waiting() == 0


def test_with_a_key_a_second_waiting_job_is_not_made_and_the_transaction_goes_on():
    with transaction.atomic():
        queue.defer("some.work", key="same", number=1)
        queue.defer("some.work", key="same", number=1)
        queue.defer("some.work", key="other", number=1)

    assert waiting() == 2


def test_inside_a_worker_too_a_job_belongs_to_the_transaction_that_made_it():
    # The worker runs with a connector of its own, which knows nothing of Django's transactions.
    with app.replace_connector(InMemoryConnector()), transaction.atomic():
        queue.defer("some.work", number=1)
        transaction.set_rollback(True)
    assert waiting() == 0

    with app.replace_connector(InMemoryConnector()), transaction.atomic():
        queue.defer("some.work", number=1)
    assert waiting() == 1
