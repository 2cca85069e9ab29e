"""Walk the thread in a real browser: `./dev journey --browser`."""

import argparse
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser as Chromium
from playwright.sync_api import BrowserContext, sync_playwright
from playwright.sync_api import Error as BrowserError

from tests.journeys.browser import Browser
from tests.journeys.browser_walk import byways, chromium, coverage, desk, gallery, program, thread, weight
from tests.journeys.browser_walk.checking import check_certificate
from tests.journeys.browser_walk.pages import PUBLIC
from tests.journeys.browser_walk.pictures import Album
from tests.journeys.browser_walk.trouble import Trouble
from tests.journeys.browser_walk.visitor import Visitor
from tests.journeys.browser_walk.ways import IN_TROUBLE, WAYS, Way
from tests.journeys.browser_walk.words import LANGUAGES
from tests.journeys.country import Installation
from tests.journeys.failures.database import Database
from tests.journeys.failures.programs import Programs
from tests.journeys.signing_in import codes_of
from tests.journeys.steps import Walk, walked


def main(walk: Walk, arguments: list[str]) -> None:
    """Walk every way."""
    parser = argparse.ArgumentParser(prog="./dev journey --browser")
    parser.add_argument(
        "--only", default="", help="only ways with this word in their name; templates are not counted then"
    )
    parser.add_argument(
        "--screens", type=Path, metavar="DIR", help="take a picture of every page; docs/screens.md shows them"
    )
    asked = parser.parse_args(arguments)
    chosen_browser = chromium.find()
    if chosen_browser is None:
        walk.leave_out("the thread in a real browser", missing=chromium.PACKAGE)
        return
    album, chosen = Album(asked.screens), [way for way in WAYS if asked.only in way.name]
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chosen_browser, args=chromium.ARGUMENTS)
        tour = Tour(browser, Installation.running(), walk, album)
        tour.ways(chosen)
        if chosen == list(WAYS):
            tour.must_have_seen_everything()
        browser.close()
    if asked.screens:
        gallery.write(asked.screens, album.taken)


class Tour:
    """All ways through one installation."""

    def __init__(self, browser: Chromium, land: Installation, walk: Walk, album: Album) -> None:
        self.browser, self.land, self.walk, self.album = browser, land, walk, album
        self.audited: set[tuple[str, str]] = set()
        issuer = land.manifest["platform"]["PANJEREH_IDP_ISSUER"]
        self.origins = frozenset({land.origin, issuer})

    def ways(self, chosen: list[Way]) -> None:
        self.weigh()
        for way in chosen:
            sys.stdout.write(f"\n{way.name}\n")
            self.walk_one(way)
        officers = desk.Officers(self.land)
        for way in chosen:
            sys.stdout.write(f"\n{way.name}, at the desk\n")
            at_desk = desk.DeskWalk(self.browser, officers, self.walk, self._sitting, way)
            at_desk.all_of_it(self._newcomer(), is_last=way is chosen[-1])
        for way in filter(IN_TROUBLE.__contains__, chosen):
            sys.stdout.write(f"\n{way.name}, when things do not work\n")
            self.walk_in_trouble(way)

    def weigh(self) -> None:
        with self.walk.step(f"a first visit weighs less than {weight.BUDGET:,} bytes without the fonts"):
            # The heaviest is the one page with a script beside the first.
            for path in ("/", "/indices/what-if/"):
                pages, fonts = weight.of_first_visit(self._context(WAYS[0]), self.land.origin + path)
                sys.stdout.write(f"     {path}: {pages:,} bytes, and {fonts:,} of fonts\n")
                assert pages < weight.BUDGET, f"the first visit of {path} weighs {pages:,} bytes"

    def walk_one(self, way: Way) -> None:
        """Walk the whole thread one way, then check its certificate as a stranger."""
        context = self._context(way)
        visitor = self._visitor(context, way)
        origin = self.land.origin
        with tempfile.TemporaryDirectory() as folder:
            visitor.effort.begin(visitor.page)
            begun = time.monotonic()
            thread.find_service(visitor, self.walk, origin)
            thread.sign_in(visitor, self.walk, origin, self._newcomer())
            thread.apply(visitor, self.walk, origin)
            self.walk.note(
                f"{way.name}: somebody new has the certificate after {visitor.effort.told()},"
                f" and {time.monotonic() - begun:.0f} s in this walk with all its looking"
            )
            certificate = thread.receive(visitor, self.walk, Path(folder))
            thread.oversee(visitor, self.walk)
            byways.prove_event(visitor, self.walk)
            others = self._context(way)
            stranger = self._visitor(others, way)
            check_certificate(stranger, self.walk, origin, certificate)
            byways.receipt_of_check(stranger, self.walk, Path(folder))
            byways.false_papers(stranger, self.walk, certificate, origin)
            byways.revoke(visitor, stranger, self.walk, self.land, certificate)
            byways.try_what_if(stranger, self.walk, origin)
            if way.pictures:
                self.look_at(stranger, PUBLIC)
            others.close()
            self.meet_program(way)
            thread.sign_out(visitor, self.walk, origin)
            context.close()

    def meet_program(self, way: Way) -> None:
        """Have a program ask somebody."""
        context = self._context(way)
        origins = self.origins | {program.ITS_OWN}
        visitor = Visitor(context.new_page(), way, origins, self.album, self.audited)
        program.allow_program(visitor, self.walk, self.land, self._newcomer())
        program.take_back(self._visitor(context, way), self.walk, self.land)
        context.close()

    def look_at(self, visitor: Visitor, pages: dict[str, str]) -> None:
        """Open pages by their address."""
        for name, address in pages.items():
            with self.walk.step(f"{name}: /{address}"):
                visitor.visit(name, self.land.origin + visitor.way.home + address)

    def walk_in_trouble(self, way: Way) -> None:
        """Walk where programs fall silent and the case is refused."""
        context = self._context(way)
        programs = Programs.running(Database.running())
        person = self._newcomer("no-residence")
        Trouble(self._visitor(context, way), self.walk, programs, self.land.origin, person).all_of_it()
        context.close()

    def must_have_seen_everything(self) -> None:
        """Name every template that nobody looked at in a language."""
        with self.walk.step("every template was looked at in both languages, in light and in dark"):
            missing = coverage.not_declared() + coverage.not_seen(self.audited, set(LANGUAGES))
            assert not missing, f"not looked at (see the rows in pages): {', '.join(missing)}"

    def _newcomer(self, story: str = "granted") -> dict[str, Any]:
        """Return somebody to whose phone no code was sent lately."""
        outbox = Browser(self.land.origin)
        while codes_of(outbox, person := self.land.somebody(story)):
            pass
        return person

    def _sitting(self, way: Way, state: Any) -> Visitor:
        return self._visitor(self._context(way, state), way)

    def _context(self, way: Way, state: Any = None) -> BrowserContext:
        return self.browser.new_context(
            storage_state=state,
            viewport={"width": way.width, "height": way.height},
            java_script_enabled=way.scripts,
            locale={"fa": "fa-IR", "en": "en-GB"}[way.language],
            color_scheme="light",
            reduced_motion="reduce",
        )

    def _visitor(self, context: BrowserContext, way: Way) -> Visitor:
        return Visitor(context.new_page(), way, self.origins, self.album, self.audited)


if __name__ == "__main__":
    with walked(BrowserError) as whole:
        main(whole, sys.argv[1:])
