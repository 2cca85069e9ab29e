"""Signing in, for the first time and later, with the code from the visible practice outbox."""

import re
from typing import Any

from tests.journeys.browser import Browser, Page
from tests.journeys.steps import wait_for

PERSIAN = str.maketrans("0123456789", "۰۱۲۳۴۵۶۷۸۹")
LATIN = str.maketrans("۰۱۲۳۴۵۶۷۸۹", "0123456789")


def sign_in_first(browser: Browser, person: dict[str, Any]) -> Page:
    """Prove the identity by number, birth date and phone, then by code. Return the page after it."""
    page = _give_number(browser, person)
    page = browser.get(page.link("birth-date"))
    page = give_identity(browser, page, person)
    return give_code(browser, page, person, seen=0)


def sign_in_later(browser: Browser, person: dict[str, Any]) -> Page:
    """Sign in by number and code alone."""
    seen = len(codes_of(browser, person))
    page = _give_number(browser, person)
    return give_code(browser, page, person, seen=seen)


def give_identity(browser: Browser, page: Page, person: dict[str, Any]) -> Page:
    """Type birth date and mobile in Persian digits, and wait for the registers."""
    year, month, day = person["birth_date_jalali"].translate(PERSIAN).split("/")
    page = browser.send(page, day=day, month=month, year=year)
    page = browser.send(page, mobile=person["mobile"].translate(PERSIAN))

    def answered() -> Page | None:
        looked = browser.get(page.address)
        return None if "/waiting/" in looked.address else looked

    return answered() or wait_for(answered, what="the registers' answer")


def give_code(browser: Browser, page: Page, person: dict[str, Any], *, seen: int) -> Page:
    """Type the newest code that came to the person's phone after the `seen` first ones."""
    return browser.send(page, "/code/", code=new_code(browser, person, seen=seen))


def new_code(browser: Browser, person: dict[str, Any], *, seen: int) -> str:
    """Wait for a code on the person's phone after the `seen` first ones, and return it."""

    def newest() -> str | None:
        codes = codes_of(browser, person)
        return codes[0] if len(codes) > seen else None

    return wait_for(newest, what="the code")


def codes_of(browser: Browser, person: dict[str, Any]) -> list[str]:
    """Return the codes in the practice outbox for this phone, newest first."""
    page = browser.get("/practice/outbox/")
    found = []
    for row in page.tree.xpath("//main//li"):
        text = row.text_content().translate(LATIN)
        if person["mobile"] in text:
            found += re.findall(r"#(\d{6})", text)
    return found


def _give_number(browser: Browser, person: dict[str, Any]) -> Page:
    page = browser.get("/sign-in")
    return browser.send(page, national_number=person["national_number"].translate(PERSIAN))
