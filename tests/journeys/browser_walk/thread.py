"""The whole thread, as one person walks it from the first page to the sign-out."""

from pathlib import Path
from typing import Any

from playwright.sync_api import expect

from tests.journeys.browser import Browser
from tests.journeys.browser_walk import byways
from tests.journeys.browser_walk.hands import Keyboard
from tests.journeys.browser_walk.visitor import LONGEST_WAIT, Visitor
from tests.journeys.browser_walk.words import say
from tests.journeys.signing_in import PERSIAN, codes_of, new_code
from tests.journeys.steps import Walk

SERVICE = "place.address-certificate"


def find_service(visitor: Visitor, walk: Walk, origin: str) -> None:
    """Come to the first page, search and open the service."""
    with walk.step("the first page; the skip link leads into it"):
        visitor.page.goto(origin + visitor.way.home)
        visitor.look("home")
        if isinstance(visitor.hands, Keyboard):
            visitor.hands.skip_to_main(
                visitor.page.get_by_role("link", name=say("skip", visitor.way.language))
            )
    with walk.step("search by own words, open the service"):
        visitor.write("query", say("typed query", visitor.way.language), role="searchbox")
        visitor.press("button", "search")
        visitor.find("link", "service").wait_for()
        visitor.look("services-found")
        visitor.press("link", "service")
        visitor.must_head("service")
        visitor.look("service")


def sign_in(visitor: Visitor, walk: Walk, origin: str, person: dict[str, Any]) -> None:
    """Sign in for the first time, with everything a person types."""
    with walk.step("sign-in: national number; an empty one is asked for again"):
        visitor.press("link", "sign in", within="banner")
        visitor.must_head("number")
        visitor.look("sign-in-number")
        visitor.press("button", "continue")
        visitor.page.get_by_role("alert").wait_for()
        visitor.look("sign-in-number-missing")
        visitor.write("number", person["national_number"].translate(PERSIAN))
        visitor.press("button", "continue")
        visitor.must_head("code")
        visitor.look("sign-in-code")
    with walk.step("first time: birth date and mobile; two registers are asked"):
        visitor.press("link", "first time")
        visitor.must_head("birth")
        visitor.look("sign-in-birth-date")
        parts = person["birth_date_jalali"].translate(PERSIAN).split("/")
        for name, typed in zip(("day", "month", "year"), reversed(parts), strict=True):
            visitor.write(name, typed)
        visitor.press("button", "continue")
        visitor.must_head("mobile")
        visitor.look("sign-in-mobile")
        visitor.write("mobile", person["mobile"].translate(PERSIAN))
        outbox = Browser(origin)
        seen = len(codes_of(outbox, person))
        visitor.press("button", "continue")
    with walk.step("the code from the phone opens the account"):
        visitor.must_head("code")
        visitor.write("code", new_code(outbox, person, seen=seen))
        visitor.press("button", "sign in")
        visitor.page.get_by_role("banner").get_by_role(
            "link", name=say("sign in", visitor.way.language)
        ).wait_for(state="detached")


def apply(visitor: Visitor, walk: Walk, origin: str) -> None:
    """Start, answer, look over and submit; wait for the certificate."""
    with walk.step("the one question of the service, answered"):
        visitor.page.goto(f"{origin}{visitor.way.home}services/{SERVICE}/")
        visitor.press("button", "start")
        visitor.must_head("which")
        visitor.look("question")
        visitor.choose("registered")
        visitor.press("button", "continue")
    with walk.step("what the registers say, looked over"):
        visitor.must_head("review")
        visitor.look("review")
    byways.doubt(visitor, walk)
    with walk.step("submitted; the certificate is issued"):
        visitor.press("button", "submit")
        expect(visitor.find("link", "see document")).to_be_visible(timeout=LONGEST_WAIT)
        visitor.look("case-issued")


def receive(visitor: Visitor, walk: Walk, folder: Path) -> Path:
    """Fetch the certificate and read everything around it. Return the file."""
    byways.read_papers(visitor, walk)
    with walk.step("the certificate, downloaded"):
        visitor.press("link", "see document")
        visitor.find("link", "download").wait_for()
        visitor.look("document")
        with visitor.page.expect_download() as download:
            visitor.press("link", "download")
        certificate = folder / "certificate.pdf"
        download.value.save_as(certificate)
    byways.report_refusal(visitor, walk)
    with walk.step("documents, inbox with its message, cases, who saw my data"):
        visitor.go("documents")
        visitor.find("link", "service").wait_for()
        visitor.look("documents")
        visitor.go("inbox")
        visitor.must_head("inbox")
        visitor.look("inbox")
        visitor.hands.press(
            visitor.page.get_by_role("main").get_by_role("listitem").get_by_role("link").first
        )
        visitor.find("link", "open case").wait_for()
        visitor.look("message")
        visitor.go("cases")
        visitor.must_head("cases")
        visitor.look("cases")
        visitor.go("accesses")
        visitor.page.get_by_role("main").get_by_role("article").first.wait_for()
        visitor.look("accesses")
    byways.prove_receipt(visitor, walk)
    return certificate


def oversee(visitor: Visitor, walk: Walk) -> None:
    """Read the page of the practice phone, and the public figure down to its events."""
    with walk.step("the practice phone, the figure, its events"):
        visitor.press("link", "practice", within="contentinfo")
        visitor.must_head("practice")
        visitor.look("practice-outbox")
        visitor.press("link", "figures", within="contentinfo")
        visitor.find("link", "events").wait_for()
        visitor.look("figure")
        visitor.press("link", "events")
        visitor.page.get_by_role("main").get_by_role("table").wait_for()
        visitor.look("figure-events")


def sign_out(visitor: Visitor, walk: Walk, origin: str) -> None:
    """Sign out from the first page, as after a rest."""
    with walk.step("signed out"):
        visitor.page.goto(origin + visitor.way.home)
        visitor.open_menu()
        visitor.press("button", "sign out", within="banner")
        visitor.page.get_by_role("banner").get_by_role(
            "link", name=say("sign in", visitor.way.language)
        ).wait_for()
        visitor.look("signed-out")
