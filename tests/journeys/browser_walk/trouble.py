"""What a person sees when something does not work: each program silent in turn, a browser's habits."""

from typing import Any

from playwright.sync_api import Page, expect

from tests.journeys.browser import Browser
from tests.journeys.browser_walk.pages import SIGNED_IN
from tests.journeys.browser_walk.thread import SERVICE
from tests.journeys.browser_walk.visitor import LONGEST_WAIT, Visitor
from tests.journeys.browser_walk.words import say
from tests.journeys.failures.programs import Programs
from tests.journeys.signing_in import PERSIAN, codes_of, new_code
from tests.journeys.steps import Walk

COUNTRY = "land"


class Trouble:
    """One person, whose case will be refused, on one installation that fails around them."""

    def __init__(
        self, visitor: Visitor, walk: Walk, programs: Programs, origin: str, person: dict[str, Any]
    ) -> None:
        self.visitor, self.walk, self.programs, self.person = visitor, walk, programs, person
        self.origin, self.home = origin, origin + visitor.way.home

    def all_of_it(self) -> None:
        self.cannot_leave_for_the_sign_in()
        self.wait_at_the_sign_in()
        self.end_of_the_sign_in()
        self.wait_for_the_registers()
        self.habits()
        self.look_at(SIGNED_IN)
        self.out_of_date()
        self.database_silent()
        self.half_signed_out()

    def look_at(self, pages: dict[str, str]) -> None:
        for name, address in pages.items():
            with self.walk.step(f"{name}: /{address}"):
                self.visitor.visit(name, self.home + address)

    def cannot_leave_for_the_sign_in(self) -> None:
        visitor = self.visitor
        with self.walk.step("the identity provider is silent: a notice, and a way on when it is back"):
            visitor.page.goto(self.home)
            with self.programs.frozen("idp"):
                visitor.press("link", "sign in", within="banner")
                visitor.must_head("could not")
                visitor.look("sign-in-could-not")
                visitor.page.goto(f"{self.home}desk/")
                visitor.must_head("could not")
                visitor.look("desk-could-not")
                visitor.page.go_back()
            visitor.press("button", "try again")
            visitor.must_head("number")

    def wait_at_the_sign_in(self) -> None:
        visitor, outbox = self.visitor, Browser(self.origin)
        with self.walk.step("the registers are silent at the first sign-in: the page waits, and goes on"):
            self.sign_in_address = visitor.page.url
            visitor.write("number", self.person["national_number"].translate(PERSIAN))
            visitor.press("button", "continue")
            visitor.press("link", "first time")
            parts = self.person["birth_date_jalali"].translate(PERSIAN).split("/")
            for name, typed in zip(("day", "month", "year"), reversed(parts), strict=True):
                visitor.write(name, typed)
            visitor.press("button", "continue")
            visitor.write("mobile", self.person["mobile"].translate(PERSIAN))
            seen = len(codes_of(outbox, self.person))
            with self.programs.frozen(COUNTRY):
                visitor.press("button", "continue")
                visitor.must_head("asking")
                hold_still(visitor.page)
                visitor.look("sign-in-waiting")
            visitor.press("link", "look again")
            visitor.must_head("code")
            visitor.write("code", new_code(outbox, self.person, seen=seen))
            visitor.press("button", "sign in")
            self.must_be_signed_in()

    def end_of_the_sign_in(self) -> None:
        with self.walk.step("the way back into a sign-in that is over leads to a page that says so"):
            self.visitor.visit("sign-in-over", self.sign_in_address + "finish/")
            self.visitor.must_head("over")

    def wait_for_the_registers(self) -> None:
        visitor = self.visitor
        with self.walk.step("the registers are silent while a case is prepared: the page waits, and goes on"):
            self.start()
            with self.programs.frozen(COUNTRY):
                visitor.press("button", "continue")
                visitor.must_head("asking")
                hold_still(visitor.page)
                visitor.look("gathering-away")
            visitor.press("link", "look again")
            visitor.must_head("review")

    def habits(self) -> None:
        """Submit with a double click while a second tab stands at the question; go back and submit again."""
        visitor = self.visitor
        with self.walk.step("a double click, a second tab and the back button: one case, which is refused"):
            review = visitor.page.url
            tab = visitor.page.context.new_page()
            tab.goto(f"{review}questions/which-address/")
            visitor.find("button", "submit").dblclick()
            expect(visitor.find("heading", "why refused")).to_be_visible(timeout=LONGEST_WAIT)
            visitor.look("case-refused")
            tab.get_by_role("main").get_by_role("button", name=self.say("continue"), exact=True).click()
            expect(
                tab.get_by_role("main").get_by_role("heading", name=self.say("why refused"))
            ).to_be_visible()
            tab.close()
            visitor.page.go_back()
            visitor.page.goto(review)
            visitor.must_head("why refused")
            visitor.page.goto(f"{self.home}cases/")
            expect(visitor.page.get_by_role("main").locator("a[href*='/cases/0']")).to_have_count(1)

    def out_of_date(self) -> None:
        """Lose what guards the form, then the session itself, in the middle of a form."""
        visitor = self.visitor
        with self.walk.step("a form that is out of date: said, and sent after the page was renewed"):
            self.start()
            visitor.page.context.clear_cookies(name="panjereh-csrf")
            visitor.press("button", "continue")
            visitor.must_head("too old")
            visitor.look("form-out-of-date")
            visitor.page.go_back()
            visitor.page.reload()
        with self.walk.step("the session ends in the middle of a form: after signing in the draft is there"):
            visitor.page.context.clear_cookies(name="panjereh")
            visitor.choose("registered")
            visitor.send("continue")
            self.sign_in_again()
            visitor.must_head("which")

    def database_silent(self) -> None:
        visitor = self.visitor
        with self.walk.step("the database is silent: a notice within seconds, and nobody is signed out"):
            with self.programs.frozen_database():
                visitor.page.goto(f"{self.home}cases/")
                visitor.must_head("away")
                visitor.look("database-away")
            visitor.page.goto(f"{self.home}cases/")
            visitor.must_head("cases")

    def half_signed_out(self) -> None:
        visitor = self.visitor
        with self.walk.step("the identity provider is silent at sign-out: out here, and told about there"):
            visitor.page.goto(self.home)
            with self.programs.frozen("idp"):
                # What web remembers of the provider would lead the browser itself into the silence.
                self.programs.kill("web")
                self.programs.wait_until_ready("web")
                visitor.open_menu()
                visitor.press("button", "sign out", within="banner")
                visitor.must_head("half out")
                visitor.look("half-signed-out")

    def start(self) -> None:
        visitor = self.visitor
        visitor.page.goto(f"{self.home}services/{SERVICE}/")
        visitor.press("button", "start")
        visitor.must_head("which")
        visitor.choose("registered")

    def sign_in_again(self) -> None:
        visitor, outbox = self.visitor, Browser(self.origin)
        # The provider may still know this browser; then nobody is asked for anything.
        if not visitor.find("heading", "number").is_visible():
            return
        seen = len(codes_of(outbox, self.person))
        visitor.write("number", self.person["national_number"].translate(PERSIAN))
        visitor.press("button", "continue")
        visitor.write("code", new_code(outbox, self.person, seen=seen))
        visitor.press("button", "sign in")

    def must_be_signed_in(self) -> None:
        banner = self.visitor.page.get_by_role("banner")
        banner.get_by_role("link", name=self.say("sign in"), exact=True).wait_for(state="detached")

    def say(self, name: str) -> str:
        return say(name, self.visitor.way.language)


def hold_still(page: Page) -> None:
    """Have a page that renews itself every three seconds stay while it is looked at."""
    page.wait_for_load_state("load")
    page.evaluate("window.stop()")
