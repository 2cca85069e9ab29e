"""A view that answers GET cannot write, unless it says so."""

from collections.abc import Callable

import pytest
from django.db import connection, transaction
from django.http import HttpRequest, HttpResponse
from django.test import RequestFactory

from panjereh.plumbing import sealing
from panjereh.plumbing.models import SubjectKey
from panjereh.plumbing.read_only import ReadOnlyViews, WroteWhileReading, writes_on_get
from tests.platform.plumbing.test_sealing import OWNER


def writing(request: HttpRequest) -> HttpResponse:
    sealing.seal(OWNER, "name", "x")
    return HttpResponse("written")


def reading(request: HttpRequest) -> HttpResponse:
    return HttpResponse(str(SubjectKey.objects.count()))


def answer(view: Callable[[HttpRequest], HttpResponse], method: str) -> bytes:
    """Call a view as Django would, under the middleware."""

    def get_response(request: HttpRequest) -> HttpResponse:
        guard.process_view(request, view, (), {})
        return view(request)

    guard = ReadOnlyViews(get_response)
    return guard(getattr(RequestFactory(), method)("/")).content


def test_a_get_that_writes_fails_at_the_connection():
    with pytest.raises(WroteWhileReading), transaction.atomic():
        answer(writing, "get")

    assert SubjectKey.objects.count() == 0


def test_a_get_that_reads_is_answered():
    assert answer(reading, "get") == b"0"


@pytest.mark.parametrize(
    "statement",
    [
        "WITH gone AS (DELETE FROM plumbing_usedmark RETURNING 1) SELECT * FROM gone",
        "with old as (select 1)\ninsert into plumbing_usedmark select",
        'WITH x AS (SELECT 1) UPDATE "plumbing_usedmark" AS mark SET forget_at = NULL',
        "-- quietly\n\tDELETE FROM plumbing_usedmark",
        "/* (quietly) */ UPDATE plumbing_usedmark SET forget_at = NULL",
        "EXPLAIN ANALYZE DELETE FROM plumbing_usedmark",
    ],
)
def test_a_statement_that_writes_further_on_fails_as_well(db: None, statement: str):
    def hidden(request: HttpRequest) -> HttpResponse:
        with connection.cursor() as cursor:
            cursor.execute(statement)
        return HttpResponse("written")

    with pytest.raises(WroteWhileReading):
        answer(hidden, "get")


def test_a_lock_and_a_query_with_parts_are_no_writing(db: None):
    def locking(request: HttpRequest) -> HttpResponse:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(
                "WITH one AS (SELECT mark FROM plumbing_usedmark FOR UPDATE SKIP LOCKED) "
                "SELECT count(*) FROM one"
            )
            return HttpResponse(str(cursor.fetchone()))

    assert answer(locking, "get") == b"(0,)"


@writes_on_get
def writing_by_protocol(request: HttpRequest) -> HttpResponse:
    return writing(request)


@pytest.mark.parametrize(("method", "view"), [("post", writing), ("get", writing_by_protocol)])
def test_a_post_and_a_marked_view_may_write(method, view):
    assert answer(view, method) == b"written"


def test_the_guard_ends_with_its_request():
    answer(reading, "get")

    assert connection.execute_wrappers == []


def test_a_refusal_in_a_reading_view_becomes_its_page(client):
    assert client.get("/inbox/00000000-0000-7000-8000-000000000000/").status_code in (302, 404)
