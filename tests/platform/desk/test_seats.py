"""A seat of an assessment that is left over: operators see it and hand it over at the desk."""

from pathlib import Path

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from panjereh.domain.evaluation.models import Handover
from panjereh.plumbing import edge
from tests.platform.desk.assessing import DESK, Table, answer
from tests.platform.desk.browsers import browser_of
from tests.platform.desk.test_assessments import errors_of, text, without_tokens
from tests.platform.indices.conftest import published  # noqa: F401 -- a fixture
from tests.platform.people.officers import AT

EMPTY = "جایگاهی خالی مانده است"
REASON = "از اداره رفته است"


@pytest.fixture
def table(published: Path, monkeypatch: pytest.MonkeyPatch) -> Table:  # noqa: F811 -- the fixture
    monkeypatch.setattr(edge, "now", lambda: AT)
    return Table()


@pytest.fixture
def left(table: Table) -> str:
    """The page of an assessment whose first assessor answered two questions, and left."""
    page = table.open()
    answer(table.one, page, "204", "yes")
    answer(table.one, page, "205", "no")
    answer(table.other, page, "204", "no")
    table.end_role(table.first)
    return page


def hand_over(table: Table, page: str, **more: str) -> tuple[int, str]:
    typed = {"officer": table.bystander.number.value, "reason": REASON} | more
    answered = table.operating.post(f"{page}seats/A", typed)
    return answered.status_code, answered.content.decode()


def test_operators_see_that_a_seat_is_left_over_and_assessors_do_not(table: Table, left: str):
    for path in (DESK, left):
        assert EMPTY in text(table.operating, path)
        assert EMPTY not in text(table.other, path)
    assert f"{left}seats/A" in text(table.operating, left)
    assert f"{left}seats/B" not in text(table.operating, left)


def test_no_page_of_the_other_assessor_changes_when_a_seat_passes_on(table: Table, left: str):
    pages = [DESK, *(f"{left}{path}" for path in ("", "parts/TEC/", "questions/204/", "questions/205/"))]
    before = [without_tokens(text(table.other, path)) for path in pages]

    hand_over(table, left)
    answer(browser_of(table.bystander), left, "205", "yes")

    assert [without_tokens(text(table.other, path)) for path in pages] == before


def test_a_seat_that_is_handed_over_is_taken_up_where_it_stands(table: Table, left: str):
    assert "پرسش‌هایی که هر دو پاسخ داده‌اند: ۱" in text(table.operating, f"{left}seats/A")

    assert hand_over(table, left)[0] == 302

    new, seen = browser_of(table.bystander), text(table.operating, left)
    assert left in text(new, DESK)
    assert "به شما واگذار شد" in text(new, left)
    assert "۲ پرسش از ۹۵ پرسش" in text(new, left)
    assert "این پاسخ را ارزیاب پیشین جایگاه شما داده است" in text(new, f"{left}questions/205/")
    assert "از ارزیاب پیشین همین جایگاه" in text(table.operating, f"{left}questions/204/")
    assert all(told in seen for told in (REASON, "کیومرث", "رستم"))
    assert EMPTY not in seen
    assert "جایگاهی در یک ارزیابی را واگذار کردید" in text(table.operating, "/desk/acts/")


def test_an_answer_of_the_former_assessor_becomes_ones_own_by_saving_it(table: Table, left: str):
    hand_over(table, left)
    new = browser_of(table.bystander)

    answer(new, left, "205", "no")

    assert "ارزیاب پیشین" not in text(new, f"{left}questions/205/")


@pytest.mark.parametrize(
    ("wrong", "fields"),
    [
        ({"officer": "123", "reason": ""}, ["officer", "reason"]),
        ({"reason": "ی" * 501}, ["reason"]),
    ],
)
def test_what_is_typed_wrong_is_said_at_its_field(
    table: Table, left: str, wrong: dict[str, str], fields: list[str]
):
    status, page = hand_over(table, left, **wrong)

    assert (status, errors_of(page)) == (422, fields)
    assert not Handover.objects.exists()


def test_only_an_officer_without_a_part_in_it_takes_the_seat(table: Table, left: str):
    nobody = hand_over(table, left, officer=table.operator.number.value)
    other = hand_over(table, left, officer=table.second.number.value)

    assert [errors_of(page) for _status, page in (nobody, other)] == [["officer"], ["officer"]]
    assert "کارشناسی با این کد ملی سر کار نیست" in nobody[1]
    assert "کس دیگری را انتخاب کنید" in other[1]


def test_a_seat_that_is_not_left_over_has_no_form_and_passes_to_nobody(table: Table):
    page = table.open()

    assert "این جایگاه خالی نمانده است" in text(table.operating, f"{page}seats/A")
    assert hand_over(table, page)[0] == 409


def test_only_operators_reach_the_form(table: Table, left: str):
    for browser in (table.other, browser_of(table.bystander)):
        assert browser.get(f"{left}seats/A").status_code == 404
    assert table.operating.get(f"{left}seats/C").status_code == 404


def test_more_assessments_in_the_list_ask_the_database_no_more(table: Table, left: str):
    text(table.operating, DESK)
    one = queries_of(table.operating)
    table.open(first=table.bystander.number.value, city="شیراز")

    assert queries_of(table.operating) == one


def queries_of(browser: Client) -> int:
    with CaptureQueriesContext(connection) as seen:
        text(browser, DESK)
    return len(seen)
