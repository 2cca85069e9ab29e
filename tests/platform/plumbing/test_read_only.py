"""A view that answers GET cannot write, unless it says so."""

import pytest
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.test import RequestFactory

from panjereh.plumbing import sealing
from panjereh.plumbing.models import SubjectKey
from panjereh.plumbing.read_only import ReadOnlyViews, WroteWhileReading, writes_on_get
from tests.platform.plumbing.test_sealing import OWNER


def writing(request: HttpRequest) -> HttpResponse:
    sealing.seal(OWNER, "name", "x")
    return HttpResponse()


def reading(request: HttpRequest) -> HttpResponse:
    return HttpResponse(str(SubjectKey.objects.count()))


@pytest.fixture
def guard():
    return ReadOnlyViews(lambda request: HttpResponse())


def test_a_get_that_writes_fails_at_the_connection(guard):
    with pytest.raises(WroteWhileReading), transaction.atomic():
        guard.process_view(RequestFactory().get("/"), writing, (), {})

    assert SubjectKey.objects.count() == 0


def test_a_get_that_reads_is_answered(guard):
    assert guard.process_view(RequestFactory().get("/"), reading, (), {}).content == b"0"


@pytest.mark.parametrize(
    ("method", "view"), [("post", writing), ("get", writes_on_get(lambda request: HttpResponse()))]
)
def test_a_post_and_a_marked_view_are_left_to_django(guard, method, view):
    assert guard.process_view(getattr(RequestFactory(), method)("/"), view, (), {}) is None
