"""The pages of orders to erase, as two operators use them."""

from uuid import UUID

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from panjereh.domain.audit import api as audit
from panjereh.domain.people import api as people
from panjereh.domain.people.models import ErasureOrder
from tests.platform.desk.browsers import browser_of
from tests.platform.desk.conftest import Agency
from tests.platform.people import officers
from tests.platform.people.desk import fresh_id
from tests.platform.people.officers import Somebody
from tests.platform.people.operators import make_operators


@pytest.fixture
def operators(agency: Agency) -> tuple[Somebody, ...]:
    return make_operators()


@pytest.fixture
def asking(operators: tuple[Somebody, ...]) -> Client:
    return browser_of(operators[0])


@pytest.fixture
def deciding(operators: tuple[Somebody, ...]) -> Client:
    return browser_of(operators[1])


@pytest.fixture
def person() -> Somebody:
    return officers.make_somebody(given="مهتاب")


def ask(client: Client, subject_id: UUID) -> str:
    """Ask on the page; return the address of the order."""
    form = {"order": str(fresh_id()), "subject": str(subject_id), "reason": "court-order"}
    answer = client.post("/desk/erasures/new", form)
    assert answer.status_code == 302, answer.content.decode()
    return str(answer["Location"])


def test_one_asks_and_another_approves_and_is_told_the_command(
    asking: Client, deciding: Client, person: Somebody
):
    page = ask(asking, person.subject_id)
    overview, own = deciding.get("/desk/").content.decode(), asking.get(page).content.decode()
    shown = deciding.get(page).content.decode()

    after = deciding.post(f"{page}approve", follow=True).content.decode()

    assert "یک درخواست" in overview
    assert "approve" not in own
    assert "مهتاب" in shown
    assert f"panjereh erase --order {page.split('/')[-2]}" in after
    assert ErasureOrder.objects.get().state == "approved"
    assert "تأیید کردید" in deciding.get("/desk/acts/").content.decode()


@pytest.mark.django_db(transaction=True, databases=["default", "trace"])
def test_whose_name_was_read_finds_a_trace_of_it(asking: Client, deciding: Client, person: Somebody):
    page = ask(asking, person.subject_id)

    deciding.get(page)

    (trace,) = audit.accesses_of(person.subject_id, limit=9)
    assert (trace.what, trace.purpose) == ("people.officer", "erasure-orders")


def test_who_asked_does_not_approve(asking: Client, person: Somebody):
    page = ask(asking, person.subject_id)

    answer = asking.post(f"{page}approve")

    assert answer.status_code == 403
    assert "other-operator-needed" in answer.content.decode()


def test_approving_takes_a_fresh_sign_in(asking: Client, operators: tuple[Somebody, ...], person: Somebody):
    page = ask(asking, person.subject_id)
    stale = browser_of(operators[1], auth_age_s=301)

    answer = stale.post(f"{page}approve")

    assert answer.status_code == 302
    assert "again=1" in answer["Location"]
    assert "again" in stale.get(page).content.decode()
    assert ErasureOrder.objects.get().state == "asked"


def test_an_order_is_stopped_and_says_so(asking: Client, deciding: Client, person: Somebody):
    page = ask(asking, person.subject_id)

    after = deciding.post(f"{page}refuse", follow=True).content.decode()

    assert "ردکننده" in after
    again = asking.post(f"{page}refuse")
    assert (again.status_code, "erasure-step-impossible" in again.content.decode()) == (409, True)


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ({}, "یک دلیل انتخاب کنید"),
        ({"subject": "9990000018", "reason": "court-order"}, "شناسه شخص را"),
        ({"subject": str(UUID(int=7)), "reason": "court-order"}, "نداشته است"),
    ],
)
def test_what_is_missing_or_wrong_is_said_at_its_field(asking: Client, typed: dict[str, str], said: str):
    answer = asking.post("/desk/erasures/new", typed)

    assert answer.status_code == 422
    assert said in answer.content.decode()
    assert 'value="' in asking.get("/desk/erasures/new").content.decode()


def test_who_has_a_role_or_an_open_order_is_told_at_the_field(
    asking: Client, person: Somebody, agency: Agency
):
    ask(asking, person.subject_id)

    for subject_id, said in ((agency.first.subject_id, "نقشی دارد"), (person.subject_id, "دستوری در جریان")):
        form = {"subject": str(subject_id), "reason": "court-order"}
        assert said in asking.post("/desk/erasures/new", form).content.decode()


def test_the_list_is_paged_and_its_length_asks_no_more_questions(asking: Client):
    assert "هنوز دستوری نیست" in asking.get("/desk/erasures/").content.decode()

    def questions() -> int:
        with CaptureQueriesContext(connection) as asked:
            asking.get("/desk/erasures/")
        return len(asked)

    ask(asking, officers.make_somebody().subject_id)
    few = questions()
    for _ in range(20):
        ask(asking, officers.make_somebody().subject_id)
    oldest_shown = ErasureOrder.objects.order_by("-id")[19]

    assert questions() == few
    page = asking.get("/desk/erasures/").content.decode()
    rest = asking.get(f"/desk/erasures/?before={oldest_shown.id}").content.decode()
    assert f'href="?before={oldest_shown.id}"' in page
    assert rest.count('<tr role="row">') == 1
    assert asking.get("/desk/erasures/?before=x").status_code == 404


def test_an_officer_without_the_role_finds_no_such_page(agency: Agency, asking: Client, person: Somebody):
    page = ask(asking, person.subject_id)

    for path in ("/desk/erasures/", "/desk/erasures/new", page):
        assert agency.asking.get(path).status_code == 404
    for path in ("approve", "refuse"):
        assert agency.asking.post(f"{page}{path}").status_code == 404
    assert ErasureOrder.objects.get().state == people.OrderState.ASKED
