"""The desk: a role is asked for, approved by another and opens the desk; an operator minds failed jobs."""

import json
from dataclasses import dataclass, field
from typing import Any
from uuid import uuid4

import httpx
import psycopg
from playwright.sync_api import Browser as Chromium
from playwright.sync_api import BrowserContext, FilePayload, expect

from tests.journeys.browser import Browser
from tests.journeys.browser_walk.assessing import assess_portal
from tests.journeys.browser_walk.visitor import LONGEST_WAIT, Visitor
from tests.journeys.browser_walk.words import say
from tests.journeys.country import Installation
from tests.journeys.failures.database import Database
from tests.journeys.signing_in import PERSIAN, codes_of, new_code, sign_in_first
from tests.journeys.steps import Walk

UNIT = "post.23"
_ASKED = """INSERT INTO procrastinate_jobs (queue_name, task_name, args, attempts)
VALUES ('default', %s, %s, 149) RETURNING id"""
_SOMEBODY = """SELECT id FROM people_subject WHERE id NOT IN (SELECT holder_id FROM people_officergrant)
    ORDER BY id LIMIT 1"""
_MOVED = "UPDATE procrastinate_jobs SET status = %s, attempts = attempts + %s WHERE id = %s"


@dataclass
class Officers:
    """The practice officers, signed in once: accounts get a few codes an hour, so the ways share them."""

    land: Installation
    kept: dict[str, Any] = field(default_factory=dict)

    def of(self, role: str) -> list[dict[str, Any]]:
        """Return those who hold a role."""
        return [
            each for each in self.land.people("officer") if role in {seat["role"] for seat in each["seats"]}
        ]

    def state_of(self, person: dict[str, Any]) -> Any:
        """Return the cookies with which somebody is signed in, None for nobody."""
        return self.kept.get(person["national_number"])

    def keep(self, person: dict[str, Any], context: BrowserContext) -> None:
        """Keep the cookies of somebody for the next way."""
        self.kept[person["national_number"]] = context.storage_state()


@dataclass
class Sitting:
    """One officer at the desk, in a tab of their own."""

    visitor: Visitor
    person: dict[str, Any]
    home: str

    def enter(self) -> None:
        """Open the desk, through number and code where one is not signed in."""
        self.visitor.page.goto(self.home)
        self.sign_in_if_asked()

    def sign_in_if_asked(self) -> None:
        visitor = self.visitor
        if not visitor.find("heading", "number").count() and not visitor.find("heading", "code").count():
            return
        outbox = Browser(self.home.partition("/desk/")[0].removesuffix("/en"))
        seen = len(codes_of(outbox, self.person))
        if visitor.find("heading", "number").count():
            visitor.write("number", self.person["national_number"].translate(PERSIAN))
            visitor.press("button", "continue")
            visitor.must_head("code")
        visitor.write("code", new_code(outbox, self.person, seen=seen))
        visitor.press("button", "sign in")
        visitor.page.wait_for_url("**/desk/**")

    def sit_at(self, agency: str) -> None:
        """Go on at another agency, through the menu."""
        place = self.visitor.page.locator(f"header form:has(input[value='{agency}/']) button").locator(
            "visible=true"
        )
        if self.visitor.page.locator(f"header form:has(input[value='{agency}/'])").count():
            self.visitor.hands.press(self.visitor.page.locator("header summary").locator("visible=true").last)
            # The page that comes has the same address: only the navigation itself tells that it came.
            with self.visitor.page.expect_navigation():
                self.visitor.hands.press(place.first)

    def leave(self) -> None:
        """Sign out, through the menu."""
        self.visitor.hands.press(self.visitor.page.locator("header summary").locator("visible=true").last)
        name = say("sign out", self.visitor.way.language)
        button = self.visitor.page.get_by_role("banner").get_by_role("button", name=name, exact=True)
        self.visitor.hands.press(button.locator("visible=true").first)


class DeskWalk:
    """The whole desk, one way."""

    def __init__(self, browser: Chromium, officers: Officers, walk: Walk, new_visitor: Any, way: Any) -> None:
        self.browser, self.officers, self.walk = browser, officers, walk
        self.new_visitor, self.way = new_visitor, way
        self.origin = officers.land.origin
        self.home = f"{self.origin}{way.home}desk/"

    def all_of_it(self, clerk: dict[str, Any], *, is_last: bool) -> None:
        """Walk roles, then jobs; `clerk` is somebody new, and on the last way everybody signs out."""
        asking, deciding = (self.sit(person) for person in self.officers.of("grantor"))
        operator = self.sit(self.officers.of("operator")[0])
        sign_in_first(Browser(self.origin), clerk)
        address = self.ask(asking, clerk)
        newcomer = self.sit(clerk)
        if self.way.is_phone:
            with self.walk.step("without a role nobody gets in"):
                newcomer.enter()
                newcomer.visitor.must_head("no role")
                newcomer.visitor.look("desk-no-role")
        self.approve(deciding, address)
        if self.way.is_phone:
            with self.walk.step("the role opens the desk at the next click"):
                newcomer.visitor.page.goto(self.home)
                newcomer.visitor.must_head("desk overview")
        self.read_acts(deciding)
        self.mind_jobs(operator)
        self.order_erasure(operator)
        self.mind_breach(operator)
        self.propose_edition(operator)
        assess_portal(self, operator, self.officers.of("officer"))
        with self.walk.step("what does not exist at the desk is told in its own frame"):
            operator.visitor.visit("desk-not-found", f"{self.home}no-such-page")
        if is_last:
            self.sign_out(operator)
        for each in (asking, deciding, operator, newcomer):
            self.officers.keep(each.person, each.visitor.page.context)
            each.visitor.page.context.close()

    def sit(self, person: dict[str, Any]) -> Sitting:
        """Return somebody with a browser of their own, signed in if they were before."""
        return Sitting(self.new_visitor(self.way, self.officers.state_of(person)), person, self.home)

    def ask(self, asking: Sitting, clerk: dict[str, Any]) -> str:
        """Have a role asked for; return the address of its page."""
        visitor = asking.visitor
        with self.walk.step("a grantor signs in at the desk and goes to another of their agencies"):
            asking.enter()
            visitor.must_head("desk overview")
            asking.sit_at("post")
            visitor.must_head("desk overview")
            visitor.look("desk-overview")
        with self.walk.step("a role is asked for: a form that says what is missing, a unit, a last day"):
            visitor.page.goto(f"{self.home}roles/")
            visitor.must_head("desk roles")
            visitor.press("link", "ask for a role")
            visitor.must_head("ask for a role")
            visitor.look("desk-role-new")
            visitor.press("button", "ask for the role")
            visitor.page.get_by_role("alert").wait_for()
            visitor.look("desk-role-missing")
            visitor.write("number of person", clerk["national_number"].translate(PERSIAN))
            visitor.choose("officer")
            visitor.find("combobox", "where in agency").select_option(UNIT)
            visitor.press("button", "ask for the role")
            visitor.page.wait_for_url("**/desk/roles/*-*/")
            visitor.look("desk-role-waiting")
            return visitor.page.url

    def approve(self, deciding: Sitting, address: str) -> None:
        """Have another grantor look at the request and let it hold."""
        visitor = deciding.visitor
        with self.walk.step("another grantor looks at it, thinks of refusing it, and approves"):
            deciding.enter()
            deciding.sit_at("post")
            visitor.page.goto(f"{self.home}roles/?only=waiting")
            visitor.look("desk-roles")
            visitor.page.goto(address)
            if visitor.find("button", "approve anew").count():
                visitor.press("button", "approve anew")
                visitor.page.wait_for_url("**/account/**")
                deciding.sign_in_if_asked()
            visitor.find("button", "approve").wait_for()
            visitor.look("desk-role-decide")
            visitor.press("link", "refuse request")
            visitor.must_head("why refuse")
            visitor.look("desk-role-refuse")
            visitor.press("link", "no")
            visitor.press("button", "approve")
            visitor.find("link", "revoke").wait_for()
            visitor.look("desk-role-valid")

    def read_acts(self, deciding: Sitting) -> None:
        """Have the grantor read what they did."""
        with self.walk.step("the act stands among the officer's own"):
            deciding.visitor.page.goto(f"{self.home}acts/")
            deciding.visitor.must_head("desk acts")
            deciding.visitor.page.get_by_role("main").get_by_role("table").wait_for()
            deciding.visitor.look("desk-acts")

    def mind_jobs(self, operator: Sitting) -> None:
        """Have an operator run failed jobs again: one is done, one fails once more and is put aside."""
        visitor = operator.visitor
        works = _failed_job("sessions.forget", {"timestamp": 0})
        fails = _failed_job("casework.decide", {"case_id": str(uuid4())})
        with self.walk.step("a failed job is run again, is done, and is gone from the list"):
            operator.enter()
            visitor.page.goto(f"{self.home}jobs/")
            visitor.must_head("failed jobs")
            visitor.look("desk-jobs")
            visitor.page.goto(f"{self.home}jobs/{works}/")
            visitor.send("run again")
            visitor.page.get_by_role("status").wait_for()
            visitor.look("desk-job-again")
            self._wait_until(visitor, works, there=False)
        with self.walk.step("another fails once more, says which kind of error it was, and is put aside"):
            visitor.page.goto(f"{self.home}jobs/{fails}/")
            visitor.send("run again")
            self._wait_until(visitor, fails, there=True)
            visitor.page.goto(f"{self.home}jobs/{fails}/")
            expect(visitor.page.get_by_text("not-found", exact=True)).to_be_visible()
            visitor.look("desk-job")
            visitor.press("link", "put aside")
            visitor.must_head("why aside")
            visitor.look("desk-job-why")
            visitor.choose("not needed")
            visitor.press("button", "aside for good")
            visitor.page.wait_for_url(f"**/desk/jobs/{fails}/")
            visitor.look("desk-job-aside")

    def order_erasure(self, operator: Sitting) -> None:
        """Have an operator ask for an erasure: a form that says what is missing. They stop it again."""
        visitor = operator.visitor
        somebody = Database.running().one(_SOMEBODY)
        with self.walk.step("an erasure is asked for, waits for another operator, and is stopped"):
            visitor.page.goto(f"{self.home}erasures/")
            visitor.press("link", "ask for an erasure")
            visitor.must_head("ask for an erasure")
            visitor.look("desk-erasure-new")
            visitor.press("button", "ask for the erasure")
            visitor.page.get_by_role("alert").wait_for()
            visitor.look("desk-erasure-missing")
            visitor.write("id of person", str(somebody))
            visitor.choose("court")
            visitor.press("button", "ask for the erasure")
            visitor.page.wait_for_url("**/desk/erasures/*-*/")
            visitor.look("desk-erasure-asked")
            visitor.send("stop order")
            visitor.page.goto(f"{self.home}erasures/")
            visitor.must_head("erasures")
            visitor.look("desk-erasures")

    def mind_breach(self, operator: Sitting) -> None:
        """Have an operator record a breach, note who was told, and close it."""
        visitor = operator.visitor
        with self.walk.step("a breach is recorded, everybody is told, and it is closed"):
            visitor.page.goto(f"{self.home}security/")
            visitor.must_head("security")
            visitor.look("desk-security")
            visitor.press("link", "record a breach")
            visitor.must_head("record a breach")
            visitor.look("desk-breach-new")
            visitor.press("button", "record the breach")
            visitor.page.get_by_role("alert").wait_for()
            visitor.look("desk-breach-missing")
            visitor.write("what happened", "copy")
            visitor.write("hours ago", "30".translate(PERSIAN))
            visitor.choose("sealed data")
            visitor.press("button", "record the breach")
            visitor.page.wait_for_url("**/breaches/*/")
            visitor.look("desk-breach")
            while visitor.find("button", "they were told", exact=False).count():
                with visitor.page.expect_navigation():
                    visitor.press("button", "they were told", exact=False)
            visitor.write("what changed", "key")
            visitor.press("button", "close the breach")
            visitor.must_head("what was changed")
            visitor.look("desk-breach-closed")

    def propose_edition(self, operator: Sitting) -> None:
        """Have an operator propose an edition: a file with faults, then one that restates a value."""
        visitor = operator.visitor
        table = httpx.get(f"{self.origin}/api/v1/indices/egdi/2024/values.csv").text
        with self.walk.step("an edition is proposed: faults are told by line, changes by figure"):
            visitor.page.goto(f"{self.home}editions/new")
            visitor.must_head("propose an edition")
            visitor.look("desk-edition-new")
            self._send_edition(visitor, table.replace("\nAFG,1", "\nXXX,yes"))
            visitor.page.get_by_role("alert").wait_for()
            visitor.look("desk-edition-faulty")
            visitor.page.goto(f"{self.home}editions/")
            if not visitor.page.get_by_role("main").get_by_role("table").count():
                visitor.page.goto(f"{self.home}editions/new")
                self._send_edition(visitor, table.replace("0.37729", "0.4"))
                visitor.page.wait_for_url("**/desk/editions/*-*/")
                visitor.page.goto(f"{self.home}editions/")
            visitor.must_head("editions")
            visitor.look("desk-editions")
            visitor.page.get_by_role("main").get_by_role("table").get_by_role("link").first.click()
            visitor.page.wait_for_url("**/desk/editions/*-*/")
            visitor.look("desk-edition")

    @staticmethod
    def _send_edition(visitor: Visitor, table: str) -> None:
        visitor.page.select_option("#index", "egdi")
        visitor.page.fill("#edition", "2024")
        visitor.page.select_option("#source", "D")
        file: FilePayload = {"name": "egdi.csv", "mimeType": "text/csv", "buffer": table.encode()}
        visitor.page.set_input_files("#file", file)
        visitor.press("button", "check and propose")

    def _wait_until(self, visitor: Visitor, job_id: int, *, there: bool) -> None:
        """Look at the list until a job is on it, or not."""
        row = visitor.page.locator(f"a[href$='/jobs/{job_id}/']")
        for _ in range(LONGEST_WAIT // 500):
            visitor.page.goto(f"{self.home}jobs/")
            if bool(row.count()) is there and self._rests(job_id):
                return
            visitor.page.wait_for_timeout(500)
        raise AssertionError(f"job {job_id} is not where it belongs on {visitor.page.url}")

    @staticmethod
    def _rests(job_id: int) -> bool:
        query = "SELECT count(*) FROM procrastinate_jobs WHERE id = %s AND status IN ('todo', 'doing')"
        return Database.running().one(query, job_id) == 0

    def sign_out(self, operator: Sitting) -> None:
        """Sign out at the desk: the identity provider knows nobody any more either."""
        visitor = operator.visitor
        with self.walk.step("signed out at the desk and at the identity provider"):
            visitor.page.goto(self.home)
            operator.leave()
            visitor.page.wait_for_url(self.origin + self.way.home)
            visitor.page.goto(self.home)
            visitor.must_head("number")


def _failed_job(name: str, arguments: dict[str, Any]) -> int:
    """Leave a job in the queue as the worker leaves one that it tried too often; return its number."""
    with psycopg.connect(Database.running().url) as connection:
        row = connection.execute(_ASKED, (name, json.dumps(arguments))).fetchone()
        assert row is not None
        for status, tries in (("doing", 0), ("failed", 1)):
            connection.execute(_MOVED, (status, tries, row[0]))
        return int(row[0])
