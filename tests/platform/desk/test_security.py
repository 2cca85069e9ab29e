"""The pages of signs and breaches, as an operator uses them; limits and signs of officers."""

import datetime as dt
import re
from pathlib import Path

import pytest
from django.conf import settings
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

import panjereh
from panjereh.domain.audit.models import AccessTrace
from panjereh.domain.upkeep.models import SignOfIntrusion
from panjereh.plumbing import edge
from panjereh.plumbing.policies import Policy, Scope
from tests.platform.desk.browsers import browser_of, citizen_browser_of, page_of
from tests.platform.desk.conftest import Agency
from tests.platform.people import officers
from tests.platform.people.officers import AT
from tests.platform.people.operators import make_operator

SOURCE = Path(panjereh.__file__).parent
MINUTE = dt.timedelta(minutes=1)
TOLD = {"what": "رونوشتی از پایگاه گم شد", "hours": "۳۰", "exposure": "sealed", "people": "۱۲"}


@pytest.fixture
def operator(agency: Agency) -> Client:
    return browser_of(make_operator())


def signs() -> list[str]:
    return [each.sign for each in SignOfIntrusion.objects.order_by("leaf_id")]


def test_a_breach_is_recorded_told_of_and_closed(operator: Client):
    page = operator.post("/desk/security/breaches/new", TOLD, follow=True)
    path = page.redirect_chain[-1][0]
    overview, home = (operator.get(each).content.decode() for each in ("/desk/security/", "/desk/"))
    early = operator.post(f"{path}close", {"changed": "x"})
    for whom in re.findall(r'name="whom" value="([a-z-]+)"', page.content.decode()):
        operator.post(f"{path}notices", {"whom": whom, "outcome": "told"})
    without_words = operator.post(f"{path}close", {"changed": " "})

    closed = operator.post(f"{path}close", {"changed": "کلید عوض شد"}, follow=True).content.decode()

    # Thirty hours ago: those due within a day are overdue.
    assert page.content.decode().count("مهلت گذشته است") == 2
    assert "مهلت گذشته است" in overview
    assert "۵ آگاهی" in home
    assert (early.status_code, without_words.status_code) == (409, 422)
    assert "کلید عوض شد" in closed
    assert "پرونده نشتی را بستید" in operator.get("/desk/acts/").content.decode()


def test_what_is_typed_wrong_about_a_breach_is_said_at_once(operator: Client):
    answer = operator.post("/desk/security/breaches/new", {"hours": "x", "people": "-1"})
    too_old = operator.post("/desk/security/breaches/new", TOLD | {"hours": "9000"})

    page = answer.content.decode()
    assert (answer.status_code, too_old.status_code) == (422, 422)
    assert re.findall(r'<a href="#(\w+)">', page)[-4:] == ["what", "hours", "exposure", "people"]
    assert "پیش از یک سال" in too_old.content.decode()


@pytest.mark.parametrize(
    "path", ["/desk/security/", "/desk/security/breaches/new", "/desk/security/breaches/1/"]
)
def test_without_the_role_there_is_no_such_page(agency: Agency, path: str):
    assert agency.asking.get(f"/desk/security/{path}").status_code == 404


@pytest.mark.parametrize("path", ["/desk/security/?before=x", f"/desk/security/breaches/{2**63}/"])
def test_a_number_that_was_never_given_is_not_found(operator: Client, path: str):
    assert operator.get(path).status_code == 404


def test_the_overview_asks_as_many_questions_for_few_breaches_as_for_many(operator: Client):
    counts = []
    for _ in range(2):
        operator.post("/desk/security/breaches/new", TOLD)
        operator.get("/desk/security/")
        with CaptureQueriesContext(connection) as queries:
            operator.get("/desk/security/")
        counts.append(len(queries))

    assert counts[0] == counts[1]


def test_an_officer_who_asks_without_end_is_told_to_wait_and_another_is_not(
    agency: Agency, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setitem(settings.REQUEST_LIMITS, "desk:acts", (Policy("few", Scope.ACCOUNT, 1, MINUTE),))

    answers = [
        browser.get("/desk/acts/").status_code for browser in (agency.asking, agency.asking, agency.deciding)
    ]

    assert answers == [200, 429, 200]


def test_whoever_goes_over_a_limit_is_noted_once(agency: Agency, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setitem(settings.REQUEST_LIMITS, "desk:acts", (Policy("few", Scope.ACCOUNT, 1, MINUTE),))
    browser = agency.asking

    assert [browser.get("/desk/acts/").status_code for _ in range(4)] == [200, 429, 429, 429]

    assert signs() == ["limit"]


def test_ten_refusals_within_ten_minutes_are_a_sign_with_the_account(agency: Agency, operator: Client):
    for _ in range(9):
        agency.asking.get("/desk/jobs/")
    before = signs()

    agency.asking.get("/desk/jobs/")

    (row,) = SignOfIntrusion.objects.all()
    page = operator.get("/desk/security/").content.decode()
    assert before == []
    assert (row.sign, row.route, row.account_id) == ("refused", "desk:jobs", agency.first.account_id)
    assert str(agency.first.account_id) in page


def test_a_slip_in_an_address_is_no_sign(agency: Agency):
    browser = citizen_browser_of(agency.clerk)

    for _ in range(12):
        browser.get("/no-such-page")
        Client().get("/documents/00000000-0000-7000-8000-000000000000/")

    assert signs() == []


def test_many_calls_with_tokens_that_do_not_hold_are_a_sign_of_an_address(
    agency: Agency, monkeypatch: pytest.MonkeyPatch
):
    for _ in range(31):
        assert Client().get("/api/v1/me/cases").status_code == 401

    (row,) = SignOfIntrusion.objects.all()
    assert (row.sign, row.route, row.account_id) == ("tokens", "rest:my_cases", None)


@pytest.mark.django_db(transaction=True, databases=["default", "trace"])
def test_an_officer_looks_at_so_many_people_and_no_more_until_time_has_passed(
    agency: Agency, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setitem(settings.EXPORT_LIMITS, "desk", Policy("few", Scope.ACCOUNT, 2, MINUTE))
    path = page_of(agency.request())
    browser = agency.asking

    answers = [browser.get(path) for _ in range(3)]
    monkeypatch.setattr(edge, "now", lambda: AT + 2 * MINUTE)
    later = browser_of(agency.first).get(path)

    assert [each.status_code for each in (*answers, later)] == [200, 200, 429, 200]
    assert "data-l" not in answers[2].content.decode()
    assert AccessTrace.objects.filter(actor_account_id=agency.first.account_id).count() == 3


def test_whatever_opens_several_peoples_names_is_held_by_the_limit_of_looks():
    sources = {path: path.read_text("utf-8") for path in (SOURCE / "domain").rglob("*.py")}
    opening = {path for path, text in sources.items() if "audit.trace_accesses(" in text}

    assert {path for path in opening if "audit.check_reading(" not in sources[path]} == set()
    assert len(opening) > 1


def test_the_limit_of_looks_is_of_one_officer(agency: Agency, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setitem(settings.EXPORT_LIMITS, "desk", Policy("none", Scope.ACCOUNT, 0, MINUTE))

    # Oneself is nobody else: to read one's own name is no look.
    names = officers.people.officer_names([agency.first.subject_id], actor=agency.first.at_the_desk(), at=AT)

    assert list(names) == [agency.first.subject_id]
