"""What people do to a web site: click twice, open two tabs, go back, come back after their session ended."""

from concurrent.futures import ThreadPoolExecutor

from tests.journeys.browser import Page
from tests.journeys.failures import people
from tests.journeys.failures.people import Patient
from tests.journeys.failures.stage import Stage
from tests.journeys.signing_in import codes_of, give_code


def double_click(stage: Stage) -> None:
    with stage.walk.step("every button is clicked three times at once: one case, one certificate"):
        browser = stage.person()
        service = browser.get(f"/services/{people.SERVICE}/")
        with ThreadPoolExecutor(3) as fingers:
            questions = list(fingers.map(lambda _: browser.send(service, "/cases/start/"), range(3)))
            assert len({people.case_of(page) for page in questions}) == 1
            list(fingers.map(lambda page: people.answer(browser, page), questions))
            case = people.case_of(questions[0])
            review = people.review(browser, case)
            list(fingers.map(lambda _: browser.send(review, "/submit/"), range(3)))
        stage.finish(browser, case)


def two_tabs(stage: Stage) -> None:
    with stage.walk.step("a second tab and the back button after submitting change nothing"):
        browser = stage.person()
        first, second = people.begin(browser), people.begin(browser)
        assert first.address == second.address
        case = people.case_of(people.answer(browser, first))
        review = people.review(browser, case)
        browser.send(review, "/submit/")
        late = browser.send(second, "", source="register")
        assert late.address == f"{stage.land.origin}/cases/{case}/", late.address
        browser.send(review, "/submit/")
        stage.finish(browser, case)


def session_ended(stage: Stage) -> None:
    with stage.walk.step("the session ends in the middle of the form: the draft is there after signing in"):
        person = stage.newcomers.pop()
        browser = people.signed_in(stage.land.origin, person)
        stage.books.people.append(browser)
        question = people.begin(browser)
        _forget_session(browser)
        page = browser.send(question, "", source="register")
        page = _sign_in_again(browser, page, person)
        assert people.case_of(page) == people.case_of(question)
        review = people.review(browser, people.case_of(people.answer(browser, page)))
        _forget_session(browser)
        page = _sign_in_again(browser, browser.send(review, "/submit/"), person)
        stage.finish(browser, people.case_of(page))


def _forget_session(browser: Patient) -> None:
    """Lose every cookie but the one that guards forms, as a browser does overnight."""
    for cookie in list(browser.http.cookies.jar):
        if "csrf" not in cookie.name:
            browser.http.cookies.jar.clear(cookie.domain, cookie.path, cookie.name)


def _sign_in_again(browser: Patient, page: Page, person: dict[str, str]) -> Page:
    page.must_say("کد ملی")
    seen = len(codes_of(browser, person))
    page = browser.send(page, national_number=person["national_number"])
    return give_code(browser, page, person, seen=seen)


HABITS = (double_click, two_tabs, session_ended)
