"""How often something may be asked: counted for all processes at once, for one class and one asker alone."""

import dataclasses
import datetime as dt
import runpy
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from django.conf import settings
from django.db import connection
from django.http import HttpResponse
from django.test import Client, RequestFactory
from django.urls import resolve, reverse

import panjereh
from panjereh.config.limits import REQUEST_LIMITS
from panjereh.jobs import limits as jobs
from panjereh.plumbing import edge, limits
from panjereh.plumbing.models import RateCount
from panjereh.plumbing.policies import Policy, Scope
from panjereh_kernel.forwarded import counted_address
from tests.platform.access.routes import LINES

AT = dt.datetime(2026, 6, 1, 12, tzinfo=dt.UTC)
MINUTE = dt.timedelta(minutes=1)
TWO = Policy("two", Scope.ADDRESS, 2, MINUTE)
OTHER = Policy("other", Scope.ADDRESS, 2, MINUTE)
HERE, THERE = "192.0.2.1", "192.0.2.2"


def is_over(*, after: dt.timedelta = dt.timedelta(), policy: Policy = TWO, asker: str = HERE) -> bool:
    try:
        limits.spend([(policy, asker)], at=AT + after)
    except limits.TooManyRequests:
        return True
    return False


def test_as_many_as_the_policy_says_and_not_one_more(db: None):
    assert [is_over() for _ in range(4)] == [False, False, True, True]


def test_when_the_window_ends_it_begins_anew(db: None):
    last = MINUTE - dt.timedelta(microseconds=1)
    inside = [is_over(after=after) for after in (dt.timedelta(), last, last)]

    assert inside == [False, False, True]
    assert [is_over(after=MINUTE) for _ in range(3)] == [False, False, True]


def test_a_refusal_says_when_to_come_again(db: None):
    assert [is_over() for _ in range(2)] == [False, False]

    with pytest.raises(limits.TooManyRequests) as refused:
        limits.spend([(TWO, HERE)], at=AT + dt.timedelta(seconds=17.2))

    assert refused.value.retry_after_s == 43
    assert refused.value.facts() == {"minutes": 1}


def test_another_asker_and_another_class_are_counted_apart(db: None):
    assert [is_over() for _ in range(3)] == [False, False, True]

    assert not is_over(asker=THERE)
    assert not is_over(policy=OTHER)


def test_a_clock_put_back_wins_no_tries(db: None):
    assert [is_over() for _ in range(2)] == [False, False]

    assert is_over(after=-MINUTE / 2)


def test_a_clock_that_had_leapt_ahead_locks_nobody_out(db: None):
    assert [is_over(after=dt.timedelta(days=400)) for _ in range(3)] == [False, False, True]

    assert not is_over()


def test_two_limits_are_one_question_and_the_longest_wait_is_told(db: None):
    slow = Policy("slow", Scope.NUMBER, 0, dt.timedelta(hours=1))

    with pytest.raises(limits.TooManyRequests) as refused:
        limits.spend([(TWO, HERE), (slow, "document")], at=AT)

    assert refused.value.retry_after_s == 3600
    assert RateCount.objects.count() == 2


@pytest.mark.django_db(transaction=True)
def test_of_two_at_once_for_the_last_place_one_is_refused():
    last = Policy("last", Scope.ADDRESS, 1, MINUTE)

    def spend(_place: int) -> bool:
        try:
            return is_over(policy=last)
        finally:
            connection.close()

    with ThreadPoolExecutor(4) as threads:
        assert sorted(threads.map(spend, range(4))) == [False, True, True, True]


def test_what_is_kept_names_nobody_and_goes_when_it_is_over(db: None):
    limits.spend([(TWO, HERE)], at=AT)

    assert HERE.encode() not in bytes(RateCount.objects.get().key)
    assert limits.forget_before(AT + MINUTE) == 0
    assert limits.forget_before(AT + MINUTE + dt.timedelta(seconds=1)) == 1


def test_upkeep_forgets_what_is_over(db: None, monkeypatch: pytest.MonkeyPatch):
    limits.spend([(TWO, HERE)], at=AT)
    monkeypatch.setattr(edge, "now", lambda: AT + 2 * MINUTE)

    jobs.forget(timestamp=0)

    assert not RateCount.objects.exists()


def test_the_counters_are_not_logged(db: None):
    with connection.cursor() as cursor:
        cursor.execute("SELECT relpersistence FROM pg_class WHERE relname = 'plumbing_ratecount'")
        assert cursor.fetchone() == ("u",)


@pytest.fixture
def one(monkeypatch: pytest.MonkeyPatch) -> Policy:
    """Let one search of an address be enough."""
    policy = Policy("search", Scope.ADDRESS, 1, MINUTE)
    for route in ("public:services", "rest:service_search"):
        monkeypatch.setitem(settings.REQUEST_LIMITS, route, (policy,))
    monkeypatch.setattr(edge, "now", lambda: AT)
    return policy


def test_a_page_too_much_says_so_in_words_and_when_to_come_again(db: None, one: Policy):
    assert Client().get("/services/?q=a").status_code == 200

    answer = Client().get("/services/?q=a")

    assert (answer.status_code, answer.headers["Retry-After"]) == (429, "60")
    assert "بیش از اندازه درخواست آمده است. ۱ دقیقه دیگر" in answer.content.decode()


def test_a_program_too_much_is_told_as_a_problem(db: None, one: Policy):
    path = reverse("rest:service_search")
    answers = [Client().get(path, {"q": "a"}) for _ in range(2)]

    assert [answer.status_code for answer in answers] == [200, 429]
    assert answers[1].headers["Retry-After"] == "60"
    assert answers[1].json()["code"] == "too-many-requests"


def test_a_signed_in_person_is_counted_and_nobody_else_by_that_limit(
    db: None, monkeypatch: pytest.MonkeyPatch
):
    own = Policy("own", Scope.ACCOUNT, 1, MINUTE)
    monkeypatch.setitem(settings.REQUEST_LIMITS, "public:about", (own,))

    def status_of(account_id: str | None) -> int:
        request = RequestFactory().get("/about/")
        request.session = {} if account_id is None else {"account_id": account_id}
        request.resolver_match = resolve("/about/")
        answer = limits.RequestLimits(lambda _: HttpResponse()).process_view(request, HttpResponse, (), {})
        return answer.status_code if answer else 200

    assert [status_of("mina"), status_of("mina"), status_of("arash")] == [200, 429, 200]
    assert [status_of(None) for _ in range(3)] == [200] * 3


@pytest.mark.parametrize(("proxies", "last"), [(0, 429), (1, 200)])
def test_behind_a_trusted_proxy_each_caller_is_counted(
    db: None, one: Policy, monkeypatch: pytest.MonkeyPatch, proxies: int, last: int
):
    trusting = dataclasses.replace(settings.PANJEREH, trusted_proxies=proxies)
    monkeypatch.setattr(settings, "PANJEREH", trusting)

    answers = [
        Client().get("/services/", headers={"x-forwarded-for": f"198.51.100.9, {caller}"})
        for caller in (HERE, THERE)
    ]

    assert [answer.status_code for answer in answers] == [200, last]


def test_a_limited_page_costs_one_question_more_and_the_others_none(db: None, django_assert_num_queries):
    with django_assert_num_queries(1):
        Client().get("/api/v1/figures")
    with django_assert_num_queries(0):
        Client().get("/about/")


@pytest.mark.parametrize(
    ("address", "counted"),
    [
        ("192.0.2.1", "192.0.2.1"),
        ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"),
        ("::ffff:192.0.2.1", "192.0.2.1"),
        ("unix:", "unix:"),
    ],
)
def test_of_ipv6_a_household_is_one_asker(address: str, counted: str):
    assert counted_address(address) == counted


# Routes that change something for whoever calls, and where else they are counted or why not.
ELSEWHERE = {
    "public:check": "counted in documents.caps",
    "public:check_file": "counted in documents.caps",
    "public:check_request_receipt": "counted in documents.caps",
    "rest:document_checks": "counted in documents.caps",
    "rest:document_check_receipts": "counted in documents.caps",
    "citizen:sign_out": "ends what it needs",
    "desk:sign_out": "ends what it needs",
}
SIGN_IN_STEPS = "citizen:account_"  # counted in people.rules.caps, per account, phone and address


def test_every_route_that_changes_something_is_limited_or_says_where_it_is_counted():
    changing = {line.route for line in LINES if line.method == "POST" or not line.head}
    known = set(REQUEST_LIMITS) | set(ELSEWHERE)

    open_ones = {route for route in changing - known if not route.startswith(SIGN_IN_STEPS)}
    assert open_ones == {"citizen:sign_in_callback", "citizen:message", "desk:sign_in_callback"}


def test_every_limit_is_of_a_route_that_exists():
    routes = {line.route for line in LINES}

    assert set(REQUEST_LIMITS) - routes == set()


def test_no_package_says_the_limit_of_a_route_that_another_has_said():
    platform = Path(panjereh.__file__).parent
    packages = [*platform.glob("rest/*/limits.py"), *platform.glob("web/*/*/limits.py")]

    said = [route for path in packages for route in runpy.run_path(str(path))["LIMITS"]]

    assert sorted(said) == sorted(REQUEST_LIMITS)
