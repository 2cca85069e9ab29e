"""The pages of roles: ask, look it over, decide, end."""

import re
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from panjereh.domain.people import api as people
from panjereh.domain.people.models import OfficerGrant
from panjereh_kernel.actor import Actor
from tests.platform.desk.browsers import browser_of, page_of
from tests.platform.desk.conftest import Agency
from tests.platform.people import officers
from tests.platform.people.desk import fresh_id
from tests.platform.people.officers import AT, OTHER_AGENCY
from tests.platform.people.orders import approved_order

# Ninety days after `AT`, as somebody types it.
LAST_DAY = {"day": "۱", "month": "12", "year": "1404"}


def state_of(grant_id: Any) -> str:
    return str(OfficerGrant.objects.get(id=grant_id).state)


def form(agency: Agency, **typed: str) -> dict[str, str]:
    return {"national_number": agency.clerk.number.value, "role": "officer", **LAST_DAY, **typed}


def test_a_role_is_asked_for_and_waits(agency: Agency):
    answer = agency.asking.post("/desk/roles/new", form(agency))

    page = agency.asking.get(answer["Location"]).content.decode()
    assert answer.status_code == 302
    assert all(
        words in page
        for words in ("کارمند آزمون", "در انتظار تأیید", "۱\N{NO-BREAK SPACE}اسفند\N{NO-BREAK SPACE}۱۴۰۴")
    )


def test_an_officer_of_one_unit_is_asked_for_and_the_unit_is_named(agency: Agency):
    offered = agency.asking.get("/desk/roles/new").content.decode()

    answer = agency.asking.post("/desk/roles/new", form(agency, unit="post.00"))

    name = "اداره کل پست استان مرکزی"
    assert offered.index("ستاد") < offered.index(name)
    assert all(
        name in agency.asking.get(path).content.decode() for path in (answer["Location"], "/desk/roles/")
    )


def test_the_number_may_be_typed_in_persian_digits(agency: Agency):
    typed = agency.clerk.number.value.translate(str.maketrans("0123456789", "۰۱۲۳۴۵۶۷۸۹"))

    assert agency.asking.post("/desk/roles/new", form(agency, national_number=typed)).status_code == 302


def test_the_button_pressed_twice_makes_one_request(agency: Agency):
    typed = form(agency, grant=str(fresh_id()))

    answers = [agency.asking.post("/desk/roles/new", typed)["Location"] for _ in range(2)]

    assert answers[0] == answers[1]
    assert OfficerGrant.objects.filter(state="requested").count() == 1


@pytest.mark.parametrize(
    ("typed", "field"),
    [
        ({"national_number": "12"}, "national_number"),
        ({"national_number": "9990000018"}, "national_number"),
        ({"role": ""}, "role"),
        ({"role": "operator"}, "role"),
        ({"unit": "nocr.hq"}, "unit"),
        ({"role": "grantor", "unit": "post.hq"}, "unit"),
        ({"month": "13"}, "month"),
        ({"year": "04"}, "year"),
        ({"day": "31"}, "day"),
        ({"month": "9", "day": "1"}, "day"),
        ({"year": "1406"}, "day"),
    ],
)
def test_what_cannot_be_asked_for_is_said_at_its_field(agency: Agency, typed: dict[str, str], field: str):
    answer = agency.asking.post("/desk/roles/new", form(agency, **typed))

    assert answer.status_code == 422
    assert f'id="{field}-error"' in answer.content.decode()


def test_everything_that_is_missing_is_said_at_once(agency: Agency):
    page = agency.asking.post("/desk/roles/new", {"day": "", "month": "", "year": ""}).content.decode()

    assert "۳ مورد را درست کنید" in page
    assert [field for field in ("national_number", "role", "year") if f'id="{field}-error"' in page] == [
        "national_number",
        "role",
        "year",
    ]


def test_a_role_of_ones_own_is_refused_at_the_field(agency: Agency):
    answer = agency.asking.post("/desk/roles/new", form(agency, national_number=agency.first.number.value))

    assert answer.status_code == 422


def test_another_grantor_approves(agency: Agency):
    grant_id = agency.request()
    offered = agency.deciding.get(page_of(grant_id)).content.decode()

    answer = agency.deciding.post(page_of(grant_id, "approve"))

    assert "تأیید نقش" in offered
    assert (answer.status_code, state_of(grant_id)) == (302, "granted")


def test_who_asked_is_offered_no_decision_and_takes_none(agency: Agency):
    grant_id = agency.request()
    page = agency.asking.get(page_of(grant_id)).content.decode()

    answer = agency.asking.post(page_of(grant_id, "approve"))

    assert "/approve" not in page
    assert (answer.status_code, state_of(grant_id)) == (403, "requested")


def test_approving_takes_a_fresh_sign_in_and_comes_back_to_the_page(agency: Agency):
    grant_id = agency.request()
    browser = browser_of(agency.second, auth_age_s=301)

    page, answer = browser.get(page_of(grant_id)), browser.post(page_of(grant_id, "approve"))

    assert "ورود دوباره برای تأیید" in page.content.decode()
    assert re.search(rf"/desk/sign-in\?next=%2Fdesk%2Froles%2F{grant_id}%2F&again=1", answer["Location"])
    assert state_of(grant_id) == "requested"


@pytest.mark.parametrize(
    ("step", "reason", "state"), [("refuse", "not-needed", "refused"), ("revoke", "misuse", "revoked")]
)
def test_a_no_has_its_reason(agency: Agency, step: str, reason: str, state: str):
    grant_id = agency.request() if step == "refuse" else agency.give()
    without = agency.deciding.post(page_of(grant_id, step))

    answer = agency.deciding.post(page_of(grant_id, step), {"reason": reason})

    assert (without.status_code, answer.status_code) == (422, 302)
    assert (state_of(grant_id), OfficerGrant.objects.get(id=grant_id).reason) == (state, reason)


def test_a_second_decision_is_told_what_happened(agency: Agency):
    grant_id = agency.give()

    answer = agency.deciding.post(page_of(grant_id, "approve"))

    assert answer.status_code == 409
    assert "grant-step-impossible" in answer.content.decode()


@pytest.mark.parametrize("step", ["", "approve", "refuse", "revoke"])
def test_a_grantor_of_another_agency_is_told_what_is_told_of_nothing(agency: Agency, step: str):
    stranger = browser_of(officers.make_grantors(agency=OTHER_AGENCY)[0])
    ask = stranger.post if step else stranger.get

    theirs, nothing = (ask(page_of(each, step)) for each in (agency.request(), fresh_id()))

    assert (theirs.status_code, nothing.status_code) == (404, 404)


@pytest.mark.parametrize("path", ["/desk/roles/", "/desk/roles/new"])
def test_an_officer_without_the_role_finds_no_such_page(agency: Agency, path: str):
    agency.give()

    assert browser_of(agency.clerk).get(path).status_code == 404


def test_the_list_shows_a_page_and_leads_to_the_older(agency: Agency):
    for _ in range(20):
        officers.request(officers.make_somebody(), by=agency.first.at_the_desk())
    page = agency.asking.get("/desk/roles/").content.decode()
    (older,) = re.findall(r'href="(\?before=[^"]+)" rel="next"', page)

    rest = agency.asking.get("/desk/roles/" + older).content.decode()

    assert (page.count('<tr role="row">'), rest.count('<tr role="row">')) == (20, 2)


def test_only_what_waits_can_be_shown(agency: Agency):
    agency.request()

    page = agency.deciding.get("/desk/roles/?only=waiting").content.decode()

    assert page.count('<tr role="row">') == 1


def test_the_overview_says_what_waits_for_other_eyes(agency: Agency):
    agency.request()

    asking, deciding = (each.get("/desk/").content.decode() for each in (agency.asking, agency.deciding))

    assert ("یک درخواست" in asking, "یک درخواست" in deciding) == (False, True)


def test_my_acts_show_mine_alone(agency: Agency):
    grant_id = agency.request()
    agency.deciding.post(page_of(grant_id, "approve"))

    mine, theirs = (each.get("/desk/acts/").content.decode() for each in (agency.deciding, agency.asking))

    assert ("نقشی را تأیید کردید" in mine, "برای کسی نقش درخواست کردید" in mine) == (True, False)
    assert ("نقشی را تأیید کردید" in theirs, "برای کسی نقش درخواست کردید" in theirs) == (False, True)


def test_my_acts_lead_to_the_older(agency: Agency):
    for _ in range(21):
        officers.request(officers.make_somebody(), by=agency.first.at_the_desk())
    page = agency.asking.get("/desk/acts/").content.decode()
    (older,) = re.findall(r'href="(\?before=[^"]+)" rel="next"', page)

    rest = agency.asking.get("/desk/acts/" + older).content.decode()

    assert (page.count('<tr role="row">'), rest.count('<tr role="row">')) == (20, 1)


@pytest.mark.parametrize("path", ["/desk/roles/?before=x", "/desk/acts/?before=x"])
def test_a_place_that_is_none_leads_nowhere(agency: Agency, path: str):
    assert agency.asking.get(path).status_code == 404


@pytest.mark.slow
@pytest.mark.django_db(databases=["default", "trace"], transaction=True)
def test_the_person_sees_that_an_officer_of_the_agency_read_their_name(agency: Agency):
    from tests.platform.desk.browsers import citizen_browser_of

    grant_id = agency.request()
    agency.deciding.get(page_of(grant_id))

    page = citizen_browser_of(agency.clerk).get("/my-data/").content.decode()

    assert "نام شما" in page
    assert "کارشناس شرکت" in page
    assert people.grant(grant_id, actor=agency.first.at_the_desk(), at=AT).state == "requested"


def test_a_longer_list_of_roles_asks_no_more_questions(agency: Agency):
    def questions() -> int:
        with CaptureQueriesContext(connection) as asked:
            agency.asking.get("/desk/roles/")
        return len(asked)

    officers.request(officers.make_somebody(), by=agency.first.at_the_desk())
    agency.asking.get("/desk/roles/")
    few = questions()
    for _ in range(6):
        officers.request(officers.make_somebody(), by=agency.first.at_the_desk())

    assert questions() == few


@pytest.mark.slow
@pytest.mark.django_db(databases=["default", "trace"], transaction=True)
def test_the_role_of_an_erased_person_says_so(agency: Agency):
    grant_id = agency.request()
    officers.refuse(grant_id, by=agency.second.at_the_desk())
    order_id = approved_order(agency.clerk.subject_id, at=AT)
    people.erase_subject(order_id, actor=Actor.system("erasure"), at=AT)

    for path in ("/desk/roles/", page_of(grant_id)):
        assert "شخصی که داده‌هایش پاک شده است" in agency.deciding.get(path).content.decode()
