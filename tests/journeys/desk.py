"""The desk: two grantors give somebody a role, the role opens the desk, and ending it closes it at once."""

import os
import subprocess
import sys
from dataclasses import dataclass
from typing import Any

from tests.journeys.browser import Browser, Page
from tests.journeys.country import Installation
from tests.journeys.signing_in import PERSIAN, codes_of, new_code, sign_in_first
from tests.journeys.steps import Walk

AGENCIES = ("nocr", "mrud", "cra", "moi", "moe", "mcls", "mefa", "mohme", "maj", "moj")


@dataclass
class Officer:
    """A person, and the browser in which they sit at the desk."""

    person: dict[str, Any]
    browser: Browser

    def enter(self, *, status: int = 200) -> Page:
        """Sign in at the desk by number and code."""
        seen = len(codes_of(self.browser, self.person))
        page = self.browser.get("/desk/")
        page = self.browser.send(page, national_number=self.person["national_number"].translate(PERSIAN))
        code = new_code(self.browser, self.person, seen=seen)
        return self.browser.send(page, "/code/", status=status, code=code)


def give_a_role(walk: Walk, land: Installation) -> None:
    """Walk it all."""
    with walk.step("three people sign in to the window; the operator names two of them grantors"):
        asking, deciding, clerk = (_newcomer(land) for _ in range(3))
        agency = _name_grantors(land, asking, deciding)
    with walk.step("one grantor asks for a role at the desk"):
        asking.enter().must_say("میز کارشناس", "واگذارکننده نقش")
        # The form offers a last day half a year ahead.
        form = asking.browser.get("/desk/roles/new")
        number = clerk.person["national_number"].translate(PERSIAN)
        asked = asking.browser.send(form, national_number=number, role="officer")
        asked.must_say("در انتظار تأیید", "واگذارکننده دیگری تصمیم می‌گیرد")
    with walk.step(f"without an approval nobody gets in at {agency}"):
        clerk.enter(status=403).must_say("شما نقشی در میز کارشناس ندارید")
    with walk.step("another grantor approves, and the role opens the desk"):
        deciding.enter()
        page = deciding.browser.get(asked.address)
        deciding.browser.send(page, "/approve").must_say("معتبر")
        clerk.browser.get("/desk/").must_say("نمای کلی", "کارشناس")
        deciding.browser.get("/desk/acts/").must_say("نقشی را تأیید کردید")
    with walk.step("the role is ended, and opens nothing at the next click"):
        deciding.browser.send(deciding.browser.get(f"{asked.address}revoke"), reason="left").must_say(
            "ابطال‌شده"
        )
        clerk.browser.get("/desk/", status=403)
    with walk.step("the person sees who read their name, and the window knows nothing of the desk"):
        clerk.browser.get("/my-data/").must_say("کارشناس", "نام شما")


def _newcomer(land: Installation) -> Officer:
    outbox = Browser(land.origin)
    while codes_of(outbox, person := land.somebody("granted")):
        pass
    sign_in_first(Browser(land.origin), person)
    return Officer(person, Browser(land.origin))


def _name_grantors(land: Installation, *pair: Officer) -> str:
    """Name both at the first agency that lacks two: the journey can be walked again."""
    for agency in AGENCIES:
        if all(_name(land, agency, each) for each in pair):
            return agency
    raise AssertionError("every agency has its grantors: start the practice country anew")


def _name(land: Installation, agency: str, who: Officer) -> bool:
    run = subprocess.run(
        [sys.executable, "-m", "panjereh", "name-grantor", agency, "--reason", "new-agency"],
        env=os.environ | land.manifest["platform"],
        input=who.person["national_number"] + "\n",
        capture_output=True,
        text=True,
        check=False,
    )
    assert run.returncode == 0 or "enough-grantors" in run.stderr, run.stderr
    return run.returncode == 0
