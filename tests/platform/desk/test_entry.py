"""The way into the desk: who is let in, for how long, and where they sit."""

import dataclasses
import datetime as dt
from typing import Any

import pytest
from django.db import OperationalError
from django.test import Client

from panjereh.domain.audit import api as audit
from panjereh.domain.casework.models import Case
from panjereh.domain.people.models import Account, AccountState
from panjereh.plumbing import edge
from panjereh.web.desk.entry.cookies import DESK_COOKIE
from tests.platform.desk.browsers import browser_of, citizen_browser_of, page_of, session_of
from tests.platform.desk.conftest import Agency
from tests.platform.people import officers
from tests.platform.people.desk import fresh_id
from tests.platform.people.officers import AT, OTHER_AGENCY
from tests.platform.people.operators import make_operator

SIGN_IN = "/desk/sign-in?next="


def leads_to_sign_in(answer: Any) -> bool:
    return answer.status_code == 302 and answer["Location"].startswith(SIGN_IN)


def pass_time(monkeypatch: pytest.MonkeyPatch, **span: float) -> None:
    monkeypatch.setattr(edge, "now", lambda: AT + dt.timedelta(**span))


def test_the_desk_names_the_place_the_person_and_the_roles(agency: Agency):
    page = agency.asking.get("/desk/").content.decode()

    assert all(words in page for words in ("شرکت ملی پست", "نخست آزمون", "واگذارکننده نقش"))


def test_nobody_gets_in_without_signing_in(agency: Agency):
    assert leads_to_sign_in(Client().get("/desk/"))


def test_the_session_of_the_window_opens_no_desk(agency: Agency):
    browser = citizen_browser_of(agency.first)
    same_key = Client()
    same_key.cookies[DESK_COOKIE] = browser.cookies["panjereh"].value

    assert leads_to_sign_in(browser.get("/desk/"))
    assert leads_to_sign_in(same_key.get("/desk/"))


def test_the_session_of_the_desk_opens_no_window(agency: Agency):
    browser = agency.asking
    same_key = Client()
    same_key.cookies["panjereh"] = session_of(agency.first).session_key

    for each in (browser, same_key):
        assert each.get("/cases/")["Location"].startswith("/sign-in?next=")


def test_both_sessions_live_side_by_side(agency: Agency):
    browser = citizen_browser_of(agency.first)
    browser.cookies[DESK_COOKIE] = session_of(agency.first).session_key

    assert (browser.get("/cases/").status_code, browser.get("/desk/").status_code) == (200, 200)


def test_a_weaker_sign_in_opens_no_desk(agency: Agency):
    assert leads_to_sign_in(browser_of(agency.first, acr=1).get("/desk/"))


@pytest.mark.parametrize(("minutes", "is_open"), [(14, True), (15, False)])
def test_a_quarter_of_an_hour_without_a_click_ends_the_session(agency, monkeypatch, minutes, is_open):
    browser = agency.asking

    pass_time(monkeypatch, minutes=minutes)

    assert leads_to_sign_in(browser.get("/desk/")) is not is_open


def test_eight_hours_end_it_whatever_is_clicked(agency: Agency, monkeypatch: pytest.MonkeyPatch):
    browser = agency.asking
    for minutes in range(10, 480, 10):
        pass_time(monkeypatch, minutes=minutes)
        assert browser.get("/desk/acts/").status_code == 200

    pass_time(monkeypatch, minutes=480)

    assert leads_to_sign_in(browser.get("/desk/"))


def test_a_closed_account_is_out_at_the_next_click(agency: Agency):
    browser = agency.asking
    Account.objects.filter(id=agency.first.account_id).update(state=AccountState.LOCKED)

    assert leads_to_sign_in(browser.get("/desk/"))


def test_whoever_holds_no_role_is_told_so(agency: Agency):
    answer = browser_of(agency.clerk).get("/desk/")

    assert answer.status_code == 403
    assert "شما نقشی در میز کارشناس ندارید" in answer.content.decode()


def test_a_revoked_role_opens_nothing_at_the_next_click(agency: Agency):
    grant_id = agency.give()
    browser = browser_of(agency.clerk)
    before = browser.get("/desk/").status_code

    officers.revoke(grant_id, by=agency.second.at_the_desk())

    assert (before, browser.get("/desk/").status_code) == (200, 403)


def test_an_officer_of_two_agencies_goes_from_one_to_the_other(agency: Agency):
    officers.name_grantor(agency.first, agency=OTHER_AGENCY)
    browser = agency.asking

    browser.post("/desk/place", {"place": "post/"})
    here = browser.get("/desk/").content.decode()
    browser.post("/desk/place", {"place": f"{OTHER_AGENCY}/"})
    there = browser.get("/desk/").content.decode()

    small = "<small>{}</small>"
    assert small.format("شرکت ملی پست") in here.replace(" جمهوری اسلامی ایران", "")
    assert small.format("سازمان ثبت احوال کشور") in there


def test_nobody_sits_where_they_hold_no_role(agency: Agency):
    assert agency.asking.post("/desk/place", {"place": f"{OTHER_AGENCY}/"}).status_code == 404


def test_an_installation_without_the_key_has_no_desk(agency: Agency, settings: Any):
    settings.PANJEREH = dataclasses.replace(settings.PANJEREH, desk_client_key_file=None)

    for path in ("/desk/", "/desk/sign-in"):
        assert agency.asking.get(path).status_code == 404


@pytest.mark.parametrize(
    ("method", "path", "status"),
    [
        ("get", "/desk/no-such-page", 404),
        ("get", "/desk/roles/019aaa25-df00-7000-8000-000000000001/", 404),
        ("get", "/desk/sign-out", 405),
        ("post", "/desk/sign-out", 403),
        ("get", "/desk/sign-in/callback", 400),
    ],
)
def test_what_is_refused_at_the_desk_is_told_in_its_own_frame(
    agency: Agency, method: str, path: str, status: int
):
    signed_in = None if "callback" in path else agency.first

    answer = getattr(browser_of(signed_in, enforce_csrf_checks=True), method)(path)

    header = answer.content.decode().partition("</header>")[0]
    assert answer.status_code == status
    assert ("میز کارشناس" in header, 'href="/sign-in"' in header) == (True, False)


@pytest.mark.parametrize(
    ("fault", "status", "words"),
    [(RuntimeError("x"), 500, "کارهای خود را ببینید"), (OperationalError("x"), 503, "یک دقیقه صبر کنید")],
)
def test_what_breaks_at_the_desk_is_told_in_its_own_frame(
    agency: Agency, monkeypatch: pytest.MonkeyPatch, fault: Exception, status: int, words: str
):
    def fail(**_named: object) -> None:
        raise fault

    monkeypatch.setattr(audit, "acts_of", fail)

    answer = browser_of(agency.first, raise_request_exception=False).get("/desk/acts/")

    header, _, page = answer.content.decode().partition("</header>")
    assert answer.status_code == status
    assert ("میز کارشناس" in header, 'href="/sign-in"' in header, words in page) == (True, False, True)


def test_whoever_is_not_signed_in_sees_the_frame_of_the_desk_without_a_way_out(agency: Agency):
    header = Client().get("/desk/no-such-page").content.decode().partition("</header>")[0]

    assert ("میز کارشناس" in header, "/desk/sign-out" in header) == (True, False)


def test_the_window_keeps_its_own_frame_for_what_it_refuses(agency: Agency):
    header = agency.asking.get("/no-such-page").content.decode().partition("</header>")[0]

    assert "میز کارشناس" not in header


@pytest.mark.parametrize("path", ["/desk/place", "/desk/sign-out", "/desk/roles/new"])
def test_a_form_of_the_desk_needs_its_token(agency: Agency, path: str):
    assert browser_of(agency.first, enforce_csrf_checks=True).post(path).status_code == 403


def test_what_is_read_at_the_desk_is_kept_by_nothing_on_the_way(agency: Agency):
    for path in ("/desk/", "/desk/roles/", "/desk/acts/", page_of(agency.request())):
        assert "no-store" in agency.asking.get(path)["Cache-Control"]


def test_while_the_identity_provider_is_away_the_desk_says_so_and_offers_to_try_again(agency: Agency):
    answer = Client().get("/desk/sign-in?next=/desk/acts/")

    page = answer.content.decode()
    assert answer.status_code == 503
    assert 'action="/desk/sign-in"' in page
    assert 'name="next" value="/desk/acts/"' in page


@pytest.mark.parametrize("wanted", ["/cases/", "https://elsewhere.example/desk/", "//elsewhere.example"])
def test_the_sign_in_of_the_desk_leads_only_to_the_desk(agency: Agency, wanted: str):
    answer = agency.asking.get("/desk/sign-in", {"next": wanted})

    assert (answer.status_code, answer["Location"]) == (302, "/desk/")


def test_an_operator_sees_how_many_cases_wait_beyond_their_limit_and_where_the_figures_are(agency: Agency):
    day = dt.timedelta(days=1)
    for state, overdue_at in (("submitted", AT), ("submitted", None), ("granted", AT - 2 * day)):
        Case.objects.create(
            id=fresh_id(),
            tracking_code=fresh_id().hex[-20:],
            service_id="a",
            pack_version=1,
            subject_id=fresh_id(),
            account_id=fresh_id(),
            state=state,
            started_at=AT - 5 * day,
            saved_at=AT - 5 * day,
            submitted_at=AT - 4 * day,
            due_on=AT.date() - 3 * day,
            calendar_version="1",
            # Its decision was late; its document is not.
            decided_at=AT - day if state == "granted" else None,
            overdue_at=overdue_at,
        )

    page = browser_of(make_operator()).get("/desk/").content.decode()

    assert 'href="/figures/cases-past-their-limit/"' in page
    assert "یک پرونده" in page
