"""Walk the thread in a real browser: `./dev journey --browser`."""

import argparse
import sys
import tempfile
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser as Chromium
from playwright.sync_api import BrowserContext, sync_playwright
from playwright.sync_api import Error as BrowserError

from tests.journeys.browser import Browser
from tests.journeys.browser_walk import chromium, gallery, thread, weight
from tests.journeys.browser_walk.checking import check_certificate
from tests.journeys.browser_walk.pictures import Album
from tests.journeys.browser_walk.visitor import Visitor
from tests.journeys.browser_walk.ways import WAYS, Way
from tests.journeys.country import Installation
from tests.journeys.signing_in import codes_of
from tests.journeys.steps import Walk, walked


def main(walk: Walk, arguments: list[str]) -> None:
    """Walk every way."""
    parser = argparse.ArgumentParser(prog="./dev journey --browser")
    parser.add_argument(
        "--screens", type=Path, metavar="DIR", help="take a picture of every page; docs/screens.md shows them"
    )
    asked = parser.parse_args(arguments)
    program = chromium.find()
    if program is None:
        walk.leave_out("the thread in a real browser", missing=chromium.PACKAGE)
        return
    album = Album(asked.screens)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=chromium.ARGUMENTS)
        Tour(browser, Installation.running(), walk, album).all_ways()
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

    def all_ways(self) -> None:
        self.weigh()
        for way in WAYS:
            sys.stdout.write(f"\n{way.name}\n")
            self.walk_one(way)

    def weigh(self) -> None:
        with self.walk.step(f"a first visit weighs less than {weight.BUDGET:,} bytes without the fonts"):
            pages, fonts = weight.of_first_visit(self._context(WAYS[0]), self.land.origin + "/")
            sys.stdout.write(f"     {pages:,} bytes, and {fonts:,} of fonts\n")
            assert pages < weight.BUDGET, f"the first visit weighs {pages:,} bytes"

    def walk_one(self, way: Way) -> None:
        """Walk the whole thread one way, then check its certificate as a stranger."""
        context = self._context(way)
        visitor = self._visitor(context, way)
        origin = self.land.origin
        with tempfile.TemporaryDirectory() as folder:
            thread.find_service(visitor, self.walk, origin)
            thread.sign_in(visitor, self.walk, origin, self._newcomer())
            thread.apply(visitor, self.walk, origin)
            certificate = thread.receive(visitor, self.walk, Path(folder))
            thread.oversee(visitor, self.walk)
            thread.sign_out(visitor, self.walk, origin)
            context.close()
            context = self._context(way)
            check_certificate(self._visitor(context, way), self.walk, origin, certificate)
            context.close()

    def _newcomer(self) -> dict[str, Any]:
        """Return somebody to whose phone no code was sent lately."""
        outbox = Browser(self.land.origin)
        while codes_of(outbox, person := self.land.somebody("granted")):
            pass
        return person

    def _context(self, way: Way) -> BrowserContext:
        return self.browser.new_context(
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
