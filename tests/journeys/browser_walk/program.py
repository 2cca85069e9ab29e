"""A program of somebody else's asks a person: the bank of the tutorial, as its page tells to run it."""

import re
import subprocess
import sys
from pathlib import Path
from typing import Any

from tests.journeys.browser import Browser
from tests.journeys.browser_walk.visitor import Visitor
from tests.journeys.country import Installation
from tests.journeys.signing_in import PERSIAN, codes_of, new_code, sign_in_first
from tests.journeys.steps import Walk

TUTORIAL = Path(__file__).resolve().parents[3] / "docs" / "tutorials" / "act-for-a-person.py"
# Where the tutorial waits for the browser: no page of ours.
ITS_OWN = "http://127.0.0.1:8499"
LONGEST_S = 60


def allow_program(visitor: Visitor, walk: Walk, land: Installation, person: dict[str, Any]) -> None:
    """Have somebody read what a program asks for, and allow it; the program gets what they have."""
    settings = land.manifest["platform"]
    key = Path(settings["PANJEREH_PORTAL_CLIENT_KEY_FILE"]).parents[1] / "practice-bank" / "client.pem"
    outbox = Browser(land.origin)
    sign_in_first(outbox, person)
    seen = len(codes_of(outbox, person))
    issuer = settings["PANJEREH_IDP_ISSUER"]
    command = [sys.executable, str(TUTORIAL), land.origin, issuer, str(key), visitor.way.language]
    with (
        walk.step("a program asks, is allowed what it named, and gets that"),
        subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as bank,
    ):
        try:
            assert bank.stdout is not None
            asked = re.search(r"http\S+", bank.stdout.readline())
            assert asked, "the program did not get as far as asking"
            visitor.page.goto(asked[0])
            visitor.write("number", person["national_number"].translate(PERSIAN))
            visitor.press("button", "continue")
            visitor.must_head("code")
            visitor.write("code", new_code(outbox, person, seen=seen))
            visitor.press("button", "sign in")
            visitor.must_head("allow program?")
            visitor.look("account-consent")
            visitor.send("allow")
            told, _ = bank.communicate(timeout=LONGEST_S)
        finally:
            bank.kill()
        # Once with its first token, once with the one that was renewed.
        assert told.count('"items"') == 2, f"the program got: {told}"


def take_back(visitor: Visitor, walk: Walk, land: Installation) -> None:
    """See what the program may, in a page of the browser that allowed it, and take it back."""
    with walk.step("the person sees what the program may, and takes it back"):
        visitor.page.goto(f"{land.origin}{visitor.way.home}programs/")
        visitor.must_head("programs")
        visitor.look("programs")
        visitor.press("link", "take back", exact=False)
        visitor.must_head("take back?")
        visitor.look("program-take-back")
        visitor.press("button", "take back")
        visitor.must_head("programs")
        visitor.look("programs-over")
