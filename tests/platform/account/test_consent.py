"""A program that wants more than to know who it is: the person is asked, and nothing happens unasked."""

import datetime as dt
from typing import Any

import pytest

from panjereh.domain.audit.models import Leaf
from panjereh.domain.people import api as people
from panjereh.domain.people.models import Consent
from panjereh.web.citizen.sign_in import account_plane
from panjereh.web.citizen.sign_in.provider import SignInUnavailable
from panjereh_kernel.actor import Actor, Channel, Role
from tests.platform.account.conftest import BACK, LOGIN, Clock, Page


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
    kept = Consent.objects.get()
    assert (verb, told["scopes"]) == ("accept", ["cases:read", "documents:read"])
    assert told["consent"] == {"id": str(kept.id), "until": int(kept.valid_until.timestamp())}
    leaf = Leaf.objects.get(event="people.program.allowed")
    assert (leaf.id, leaf.subject) == (kept.leaf_id, str(mina.subject_id))
    assert (leaf.facts["client"], leaf.facts["consent"]) == ("bank", str(kept.id))
    assert leaf.facts["scopes"] == "cases:read documents:read"


def test_the_words_that_were_read_are_kept(asked: Page):
    asked.send("consent", answer="allow")

    kept = Consent.objects.get()
    assert kept.name == {"fa": "بانک", "en": "Bank"}
    assert (kept.language, kept.wishes[1]) == ("fa", "دیدن و دریافت سندهای شما")


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


# --- kept --------------------------------------------------------------------------------------------


@pytest.fixture
def allowed(asked: Page) -> Page:
    """Return Mina's browser after she allowed the program; the caps of an hour ago are over."""
    asked.send("consent", answer="allow")
    asked.idp.told.clear()
    return asked


def sign_in_again(page: Page, code: str) -> Any:
    """Go through a second sign-in to where it ends, and return what comes after the code."""
    page.begin("second-login")
    page.send(national_number="۹۹۹۰۰۰۰۰۱۸")
    page.send("code", code=code)
    return page.get("finish")


@pytest.mark.parametrize("scopes", [["cases:read", "documents:read"], ["cases:read"]])
def test_what_was_allowed_is_not_asked_again(allowed: Page, clock: Clock, code: str, scopes: list[str]):
    clock.pass_time(days=2)
    allowed.idp.scopes = scopes

    answer = sign_in_again(allowed, code)

    assert answer.headers["Location"] == BACK
    ((_, told),) = allowed.idp.told
    assert (told["scopes"], told["consent"]["id"]) == (scopes, str(Consent.objects.get().id))


def test_more_than_was_allowed_is_asked_and_replaces_it(allowed: Page, clock: Clock, code: str):
    clock.pass_time(days=2)
    allowed.idp.scopes = ["cases:read", "cases:withdraw"]

    answer = sign_in_again(allowed, code)
    allowed.send("consent", answer="allow")

    assert answer.headers["Location"] == allowed.step("consent")
    ends = Consent.objects.order_by("given_at").values_list("scope", "end")
    assert list(ends) == [("cases:read documents:read", "replaced"), ("cases:read cases:withdraw", "")]


def test_after_the_last_day_it_is_asked_again(allowed: Page, clock: Clock, code: str):
    clock.pass_time(days=91)

    assert sign_in_again(allowed, code).headers["Location"] == allowed.step("consent")


def test_on_the_last_day_it_still_holds(allowed: Page, clock: Clock, code: str):
    clock.at = Consent.objects.get().valid_until - dt.timedelta(minutes=1)

    assert sign_in_again(allowed, code).headers["Location"] == BACK


def test_what_was_taken_back_is_asked_again(allowed: Page, mina: Any, clock: Clock, code: str):
    clock.pass_time(days=2)
    citizen = Actor(Role.CITIZEN, Channel.WEB, "own-affairs", subject_id=mina.subject_id)
    people.take_back_consent(Consent.objects.get().id, actor=citizen, at=clock.at)

    assert sign_in_again(allowed, code).headers["Location"] == allowed.step("consent")


def test_the_form_that_ends_a_sign_in_may_lead_to_the_program(allowed: Page, clock: Clock):
    clock.pass_time(days=2)
    allowed.begin("second-login")
    allowed.send(national_number="۹۹۹۰۰۰۰۰۱۸")

    assert "https://bank.example" in allowed.get("code").headers["Content-Security-Policy"]


def test_an_answer_that_was_not_heard_of_is_given_again_and_kept_once(
    asked: Page, monkeypatch: pytest.MonkeyPatch
):
    tell = account_plane.accept
    monkeypatch.setattr(account_plane, "accept", away)
    assert asked.send("consent", answer="allow").status_code == 503
    monkeypatch.setattr(account_plane, "accept", tell)

    assert asked.send("consent", answer="allow").headers["Location"] == BACK
    assert Consent.objects.count() == 1


def away(*_args: Any, **_more: Any) -> str:
    raise SignInUnavailable
