"""A form as people really use it: twice, back, in two tabs, after the session ran out, in any digits."""

import datetime as dt
import re
from dataclasses import replace
from urllib.parse import parse_qs, urlsplit

import pytest
from django.test import Client

from panjereh.config.environment import Profile
from panjereh.domain.casework import api as casework
from panjereh.domain.casework.models import Case, CaseAct
from panjereh.plumbing import edge
from panjereh.web.citizen.sign_in import lifetime
from tests.platform.access.country import AT, SERVICE, Country, client_of
from tests.platform.casework.registers import HOME, SHOP

pytestmark = pytest.mark.slow


@pytest.fixture
def draft(country: Country) -> str:
    return f"/cases/{country.mina.cases['draft']}/"


@pytest.fixture
def form(draft: str) -> str:
    return f"{draft}questions/which-address/"


@pytest.fixture
def code(mina: Client, draft: str, form: str) -> str:
    """The page of the postal code, once the first answer leads to it."""
    mina.post(form, {"source": "postal-code"})
    return f"{draft}questions/postal-code/"


@pytest.fixture
def ready(mina: Client, form: str, run_jobs) -> None:
    mina.post(form, {"source": "register"})
    run_jobs()


def see(country: Country) -> casework.CaseView:
    return casework.case(country.mina.cases["draft"], actor=country.mina.actor)


def fields_of_review(mina: Client, draft: str) -> dict[str, str]:
    """Return what the form of the review sends, as a browser without scripts would."""
    form = mina.get(draft).text.split("/submit/")[1].split("</form>")[0]
    return dict(re.findall(r'name="(\w+)" value="([^"]*)"', form))


def events(country: Country) -> list[str]:
    return [act.event for act in reversed(see(country).acts)]


@pytest.mark.parametrize("typed", [HOME, "۹۹۹۹۹۱۲۳۴۷", "٩٩٩٩٩١٢٣٤٧", " ۹۹۹۹۹-۱۲۳۴۷ ", "99999 12347"])
def test_a_number_may_be_typed_in_any_digits(country, mina, code, typed):
    mina.post(code, {"postal_code": typed})

    assert see(country).answers["postal_code"] == HOME


def test_what_cannot_be_kept_comes_back_as_it_was_typed_with_its_fault(mina, code):
    answer = mina.post(code, {"postal_code": "۱۲<b>"})

    assert answer.status_code == 422
    assert re.search(r"<title>\s*خطا: ", answer.text)
    assert 'value="۱۲&lt;b&gt;"' in answer.text
    assert '<a href="#postal_code">' in answer.text


@pytest.mark.parametrize(
    "typed",
    ["\0", "x" * 100_000, "۹" * 100_000, "\U0001f600", "\u202e" * 10, "'; DROP TABLE x", "٪s%s{0}"],
)
def test_nonsense_is_refused_at_its_field(mina, code, typed):
    answer = mina.post(code, {"postal_code": typed})

    assert answer.status_code == 422
    assert 'aria-invalid="true"' in answer.text


@pytest.mark.parametrize(("typed", "profile"), [("1999912345", Profile.PRACTICE), (HOME, Profile.PRODUCTION)])
def test_practice_places_and_real_ones_never_meet(country, mina, code, settings, typed, profile):
    settings.PANJEREH = replace(settings.PANJEREH, profile=profile)

    answer = mina.post(f"/en{code}", {"postal_code": typed})

    assert answer.status_code == 422
    assert "A practice postal code begins with 99999" in answer.text
    assert see(country).answers.get("postal_code", "") == ""


def test_sending_an_answer_twice_asks_the_registers_once(country, mina, form):
    for _ in range(2):
        assert mina.post(form, {"source": "register"}).headers["Location"].endswith(f"{see(country).id}/")

    assert len(see(country).facts) == 1


def test_the_back_button_shows_the_answer_that_was_given(mina, form, ready):
    assert 'value="register" checked' in mina.get(form).text


def test_of_two_tabs_the_last_answer_counts_and_its_facts_are_fetched_anew(country, mina, code, run_jobs):
    mina.post(code, {"postal_code": HOME})
    run_jobs()
    mina.post(code, {"postal_code": SHOP})
    run_jobs()

    view = see(country)
    assert view.answers["postal_code"] == SHOP
    assert casework.fields_of(view.facts[2].answer)["kind"] == "shop"
    assert view.state is casework.CaseState.READY


def test_a_tab_that_looks_over_old_answers_cannot_submit_the_new_ones_unseen(
    country, mina, draft, form, ready, run_jobs, monkeypatch
):
    looked_over = fields_of_review(mina, draft)
    monkeypatch.setattr(edge, "now", lambda: AT + dt.timedelta(minutes=1))
    mina.post(form, {"source": "postal-code"})
    mina.post(f"{draft}questions/postal-code/", {"postal_code": SHOP})
    run_jobs()

    answer = mina.post(f"{draft}submit/", looked_over)

    assert answer.headers["Location"] == draft
    assert see(country).state is casework.CaseState.READY
    mina.post(f"{draft}submit/", fields_of_review(mina, draft))
    assert see(country).state is casework.CaseState.SUBMITTED


@pytest.mark.parametrize("seen", ["", "x", "2026-11-22T06:11:17", "9999-12-31T23:59:59-23:59", "\0"])
def test_nothing_is_submitted_that_was_not_looked_over(country, mina, draft, ready, seen):
    assert mina.post(f"{draft}submit/", {"seen": seen}).headers["Location"] == draft
    assert see(country).state is casework.CaseState.READY


def test_submitting_twice_submits_once(country, mina, draft, ready):
    looked_over = fields_of_review(mina, draft)

    for _ in range(2):
        assert mina.post(f"{draft}submit/", looked_over).headers["Location"] == draft

    assert events(country).count("submit") == 1


@pytest.mark.parametrize("method", ["get", "post"])
def test_going_back_after_submission_leads_to_the_case_and_changes_nothing(
    country, mina, draft, form, ready, method
):
    mina.post(f"{draft}submit/", fields_of_review(mina, draft))
    acts = CaseAct.objects.count()

    answer = getattr(mina, method)(form, {"source": "postal-code"})

    assert answer.headers["Location"] == draft
    assert CaseAct.objects.count() == acts
    assert see(country).answers["source"] == "register"


def test_starting_twice_leads_to_the_same_draft(mina, draft):
    for _ in range(2):
        assert mina.post(f"/cases/start/{SERVICE}/").headers["Location"] == draft
    assert Case.objects.filter(state="draft").count() == 2  # Mina's and Arash's


@pytest.mark.parametrize("language", ["", "/en"])
def test_a_session_that_runs_out_in_mid_form_leads_back_to_the_question_and_says_what_was_lost(
    country, mina, code, monkeypatch, language
):
    mina.post(code, {"postal_code": HOME})
    later = AT + lifetime.IDLE + dt.timedelta(seconds=1)
    monkeypatch.setattr(edge, "now", lambda: later)

    answer = mina.post(f"{language}{code}", {"postal_code": SHOP})

    target = urlsplit(answer.headers["Location"])
    assert target.path == f"{language}/sign-in"
    [back] = parse_qs(target.query)["next"]
    assert see(country).answers["postal_code"] == HOME
    page = client_of(country.mina).get(back).text
    assert f'value="{HOME}"' in page
    assert ("the answer you sent was not kept" if language else "پاسخی که فرستادید ذخیره نشد") in page


def test_a_session_that_runs_out_over_the_review_leads_back_to_it_and_says_it_was_not_submitted(
    country, mina, draft, ready, monkeypatch
):
    looked_over = fields_of_review(mina, draft)
    monkeypatch.setattr(edge, "now", lambda: AT + lifetime.IDLE + dt.timedelta(seconds=1))

    answer = mina.post(f"/en{draft}submit/", looked_over)

    [back] = parse_qs(urlsplit(answer.headers["Location"]).query)["next"]
    assert see(country).state is casework.CaseState.READY
    assert "the request was not submitted" in client_of(country.mina).get(back).text


def test_whoever_only_looked_is_not_told_that_something_was_lost(country, mina, form, monkeypatch):
    monkeypatch.setattr(edge, "now", lambda: AT + lifetime.IDLE + dt.timedelta(seconds=1))

    answer = mina.get(f"/en{form}")

    [back] = parse_qs(urlsplit(answer.headers["Location"]).query)["next"]
    assert "was not kept" not in client_of(country.mina).get(back).text


def test_a_question_the_service_does_not_ask_leads_nowhere(mina, draft):
    for page in ("no-such-page", "%00", "x" * 3000, "which-address%0a"):
        assert mina.get(f"{draft}questions/{page}/").status_code == 404
        assert mina.post(f"{draft}questions/{page}/", {"source": "register"}).status_code == 404


def test_an_account_without_a_proven_identity_is_told_why_it_cannot_start(country, mina):
    session = mina.session
    session["ial"] = 0
    session.save()
    Case.objects.filter(id=country.mina.cases["draft"]).update(
        state="refused",
        submitted_at=AT,
        due_on=AT.date(),
        calendar_version="1405",
        decided_at=AT,
        finished_at=AT,
    )

    answer = mina.post(f"/en/cases/start/{SERVICE}/")

    assert answer.status_code == 403
    assert "refusal:" not in answer.text
