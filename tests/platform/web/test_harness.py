"""The strict harness itself: what it does to tests that rely on luck."""

import random

import pytest

from panjereh.domain.audit.models import AccessTrace
from panjereh.domain.messaging.models import PracticeSms
from tests.platform.people.desk import fresh_id
from tests.platform.people.registers import AT


@pytest.fixture
def twenty(db: None) -> list[PracticeSms]:
    rows = [
        PracticeSms(id=fresh_id(), sealed_mobile=b"x", sealed_text=b"x", written_at=AT) for _ in range(20)
    ]
    return PracticeSms.objects.bulk_create(rows)


def test_rows_without_an_order_come_in_none(twenty):
    orders = {tuple(row.id for row in PracticeSms.objects.all()) for _ in range(5)}

    assert len(orders) > 1
    assert all(sorted(order) == sorted(row.id for row in twenty) for order in orders)


def test_rows_with_an_order_come_in_it(twenty):
    random.seed(0)

    rows = list(PracticeSms.objects.order_by("-id"))

    assert [row.id for row in rows] == sorted((row.id for row in twenty), reverse=True)


def test_an_empty_answer_stays_empty(db: None):
    assert list(AccessTrace.objects.all()) == []
