"""What every moment needs: who acts, what runs, what was promised; and the ways to the worst places."""

import threading
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

import httpx

from tests.journeys.browser import Browser, Page
from tests.journeys.country import Installation
from tests.journeys.failures import people
from tests.journeys.failures.books import Books
from tests.journeys.failures.database import Database
from tests.journeys.failures.people import Patient
from tests.journeys.failures.programs import Programs
from tests.journeys.steps import Walk, wait_for

ISSUED = "صادرشده"


@dataclass
class Stage:
    """One walk on one installation."""

    land: Installation
    programs: Programs
    books: Books
    walk: Walk
    newcomers: list[dict[str, Any]]

    @property
    def database(self) -> Database:
        return self.programs.database

    def person(self) -> Patient:
        """Return the browser of somebody who is new in this walk and has just signed in."""
        browser = people.signed_in(self.land.origin, self.newcomers.pop())
        self.books.people.append(browser)
        return browser

    def order(self, agency: str, kind: str, *, calls: int = 1, seconds: float = 0) -> None:
        """Have an agency of the practice country fail."""
        body = {"agency": agency, "kind": kind, "calls": calls, "seconds": seconds}
        httpx.post(f"{self._country()}/practice/faults", json=body, trust_env=False).raise_for_status()

    def calls(self, service: str) -> int:
        """Return how often a register has answered since the practice country was started."""
        answered = httpx.get(f"{self._country()}/practice/calls", trust_env=False).json()
        return int(answered.get(service, 0))

    def finish(self, browser: Browser, case_id: UUID) -> None:
        """Go on from wherever the case stands to its certificate, and have the books expect it."""
        if not self.is_submitted(case_id):
            browser.send(people.review(browser, case_id), "/submit/")
        people.certificate(browser, case_id)
        self.books.granted.append(case_id)

    def is_submitted(self, case_id: UUID) -> bool:
        query = "SELECT submitted_at IS NOT NULL FROM casework_case WHERE id = %s"
        return bool(self.database.one(query, case_id))

    def fact(self, case_id: UUID) -> UUID:
        """Wait until a register is being asked for a case, and return the question."""
        return self._awaited("SELECT id FROM disclosure_fact WHERE case_id = %s AND state = 'asked'", case_id)

    def document(self, case_id: UUID) -> UUID:
        """Wait until a document is being made for a case, and return it."""
        query = "SELECT id FROM documents_document WHERE case_id = %s AND state = 'requested'"
        return self._awaited(query, case_id)

    def _awaited(self, query: str, case_id: UUID) -> UUID:
        def look() -> UUID | None:
            found = self.database.rows(query, case_id)
            return found[0][0] if found else None

        return wait_for(look, what="the row of the case")

    def _country(self) -> str:
        return f"http://{self.land.manifest['land']['PANJEREH_LAND_LISTEN']}"


def gathering(browser: Browser) -> UUID:
    """Bring a case to where the registers are asked."""
    return people.case_of(people.answer(browser, people.begin(browser)))


def just_asking(browser: Browser) -> UUID:
    """Do the same, and return at once: the page itself waits a moment for the answers."""
    question = people.begin(browser)
    meanwhile(lambda: people.answer(browser, question))
    return people.case_of(question)


def ready(browser: Browser) -> tuple[UUID, Page]:
    """Bring a case to the page that is looked over before it is submitted."""
    case_id = gathering(browser)
    return case_id, people.review(browser, case_id)


def meanwhile(act: Callable[[], object]) -> threading.Thread:
    """Do something while we look on."""
    thread = threading.Thread(target=act, daemon=True)
    thread.start()
    return thread
