"""A person who does not give up: sees the notice, looks again, sends again, and goes on."""

import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

import httpx

from tests.journeys.browser import Browser, Page, PageWrongError
from tests.journeys.signing_in import PERSIAN, codes_of, give_code, give_identity

SERVICE = "place.address-certificate"
LONGEST_OUTAGE = 45.0
SERVER_ERROR = 500


@dataclass
class Patient(Browser):
    """A browser whose person looks again after a failure, and checks that each was told in plain Persian."""

    notices: list[str] = field(default_factory=list)
    cut_off: int = 0
    slowest: float = 0.0

    def get(self, address: str, *, status: int | None = 200) -> Page:
        return self._insist(lambda: Browser.get(self, address, status=None), status)

    def send(self, page: Page, part: str = "", *, status: int | None = 200, **typed: Any) -> Page:
        return self._insist(lambda: Browser.send(self, page, part, status=None, **typed), status)

    def try_once(self, page: Page, part: str = "", **typed: str) -> Page | None:
        """Send a form once; return None when the connection was cut before an answer came."""
        try:
            answered = Browser.send(self, page, part, status=None, **typed)  # type: ignore[arg-type]
        except httpx.TransportError:
            self.cut_off += 1
            return None
        if answered.status >= SERVER_ERROR:
            self.notices.append(must_be_a_notice(answered))
        return answered

    def _insist(self, act: Callable[[], Page], status: int | None) -> Page:
        until = time.monotonic() + LONGEST_OUTAGE
        while True:
            begun = time.monotonic()
            try:
                page = act()
            except httpx.TransportError:
                # No program of ours was there to say anything: the browser's own page.
                self.cut_off += 1
            else:
                self.slowest = max(self.slowest, time.monotonic() - begun)
                if page.status < SERVER_ERROR or page.status == status:
                    return self._expect(page, status)
                self.notices.append(must_be_a_notice(page))
            if time.monotonic() > until:
                raise PageWrongError(f"nobody could go on for {LONGEST_OUTAGE:.0f} s")
            time.sleep(0.3)

    @staticmethod
    def _expect(page: Page, status: int | None) -> Page:
        if status is not None and page.status != status:
            raise PageWrongError(f"{page.address} answered {page.status}, not {status}: {page.text[:400]}")
        return page


def must_be_a_notice(page: Page) -> str:
    """Return the heading of a page that says, in Persian and without machinery, that something failed."""
    said = page.content.decode()
    for machinery in ("Traceback", "Exception", 'File "', "psycopg", "Server Error", "server error"):
        if machinery in said:
            raise PageWrongError(f"{page.address} ({page.status}) shows machinery: {said[:300]}")
    if 'lang="fa"' not in said:
        raise PageWrongError(f"{page.address} ({page.status}) is no Persian page: {said[:300]}")
    headings = page.tree.xpath("//h1")
    if not headings:
        raise PageWrongError(f"{page.address} ({page.status}) has no heading: {said[:300]}")
    return " ".join(headings[0].text_content().split())


def signed_in(origin: str, person: dict[str, Any]) -> Patient:
    """Return the browser of a person who has signed in for the first time."""
    browser = Patient(origin)
    seen = len(codes_of(browser, person))
    page = give_code(browser, identified(browser, person), person, seen=seen)
    assert "/code/" not in page.address, f"the code was not taken: {page.text[:300]}"
    return browser


def identified(browser: Browser, person: dict[str, Any]) -> Page:
    """Type number, birth date and mobile, wait for the registers, and return the page that asks the code."""
    page = browser.send(browser.get("/sign-in"), national_number=person["national_number"].translate(PERSIAN))
    return give_identity(browser, browser.get(page.link("birth-date")), person)


def begin(browser: Browser) -> Page:
    """Start a draft and return its question."""
    page = _start(browser)
    if "/questions/" not in page.address:
        # What a walk left that was broken off: it is finished first.
        browser.send(review(browser, case_of(page)), "/submit/")
        page = _start(browser)
    return page


def _start(browser: Browser) -> Page:
    return browser.send(browser.get(f"/services/{SERVICE}/"), "/cases/start/")


def answer(browser: Browser, question: Page) -> Page:
    """Answer the question; the registers are asked from here on."""
    return browser.send(question, "", source="register")


def review(browser: Browser, case_id: UUID, *, patience: float = LONGEST_OUTAGE) -> Page:
    """Wait for the registers' answers and return the page to look over."""
    return _wait(browser, case_id, "//main//form[contains(@action, '/submit/')]", patience)


def certificate(browser: Browser, case_id: UUID, *, patience: float = LONGEST_OUTAGE) -> Page:
    """Wait until the certificate is issued and return the page of the case."""
    return _wait(browser, case_id, "//main[contains(., 'صادرشده')]", patience)


def case_of(page: Page) -> UUID:
    """Return the case that a page belongs to."""
    return UUID(page.address.partition("/cases/")[2].partition("/")[0])


def _wait(browser: Browser, case_id: UUID, path: str, patience: float) -> Page:
    until = time.monotonic() + patience
    while True:
        page = browser.get(f"/cases/{case_id}/")
        if page.tree.xpath(path):
            return page
        if time.monotonic() > until:
            raise PageWrongError(f"{page.address} still says after {patience:.0f} s: {page.text[:400]}")
        time.sleep(0.3)
