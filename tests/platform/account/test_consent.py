"""A program that wants more than to know who it is: the person is asked, and nothing happens unasked."""

from typing import Any

import pytest

from panjereh.domain.audit.models import Leaf
from tests.platform.account.conftest import BACK, LOGIN, Page


@pytest.fixture
def asked(page: Page, mina: Any, code: str) -> Page:
    """Return Mina's browser where a program's wishes are shown."""
    page.idp.scopes = ["cases:read", "documents:read"]
    page.until_code()
    page.send("code", code=code)
    answer = page.get("finish")
    assert answer.headers["Location"] == page.step("consent")
    return page


def test_the_page_says_what_is_wanted_and_where_it_ends(asked: Page):
    answer = asked.get("consent")

    assert "دیدن درخواست‌های شما و اینکه هر کدام به کجا رسیده است" in answer.content.decode()
    assert "https://bank.example" in answer.headers["Content-Security-Policy"]
    assert asked.idp.told == []


def test_what_is_allowed_is_told_and_recorded(asked: Page, mina: Any):
    answer = asked.send("consent", answer="allow")

    assert answer.headers["Location"] == BACK
    ((verb, told),) = asked.idp.told
    assert (verb, told["scopes"]) == ("accept", ["cases:read", "documents:read"])
    leaf = Leaf.objects.get(event="people.program.allowed")
    assert leaf.subject == str(mina.subject_id)
    assert leaf.facts == {"client": "portal", "scopes": "cases:read documents:read"}


@pytest.mark.parametrize("answer", ["refuse", ""])
def test_whoever_does_not_allow_it_signs_in_to_nothing(asked: Page, answer: str):
    asked.send("consent", answer=answer)

    assert asked.idp.told == [("reject", {"error": "access_denied"})]
    assert not Leaf.objects.filter(event="people.program.allowed").exists()


def test_an_answer_given_twice_counts_once(asked: Page):
    asked.send("consent", answer="allow")

    assert asked.send("consent", answer="allow").status_code == 410
    assert len(asked.idp.told) == 1


def test_nothing_is_allowed_before_the_sign_in_is_done(page: Page, mina: Any, code: str):
    page.idp.scopes = ["cases:read"]
    page.until_code()

    answer = page.send("consent", answer="allow")

    assert answer.headers["Location"] == page.step("code")
    assert page.idp.told == []


def test_a_program_that_wants_nothing_is_not_asked_about(page: Page, mina: Any, code: str):
    page.until_code()
    page.send("code", code=code)

    assert page.get("finish").headers["Location"] == BACK
    assert "scopes" not in page.idp.told[0][1]
    assert page.idp.open == {"second-login"} - {LOGIN}
