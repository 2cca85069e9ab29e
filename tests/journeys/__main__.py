"""Walk the thread on the running programs: `./dev journey`."""

import json
from typing import Any
from uuid import uuid4

from tests.journeys import desk, proofs
from tests.journeys.browser import Browser, Page
from tests.journeys.country import Installation
from tests.journeys.receipts import receipts_must_hold
from tests.journeys.signing_in import codes_of, give_identity, sign_in_first, sign_in_later
from tests.journeys.steps import Walk, wait_for, walked

SERVICE = "place.address-certificate"
RECEIPTS = 5  # two registers at the first sign-in, three for the case


def main(walk: Walk) -> None:
    """Walk every journey."""
    land = Installation.running()
    granted(land, walk)
    refused(land, walk)
    turned_away(land, walk)
    desk.give_a_role(walk, land)
    with walk.step("the record of events verifies from its first leaf to its signed checkpoint"):
        run = land.run("panjereh", "audit", "verify", program="platform")
        assert run.returncode == 0, run.stdout + run.stderr


def granted(land: Installation, walk: Walk) -> None:
    """Somebody whose home is registered gets a certificate that anybody can check."""
    person, browser = land.somebody("granted"), Browser(land.origin)
    issued_before = proofs.count_of_today(browser, "issued")
    with walk.step("the search forgives an Arabic keyboard and finds the service"):
        browser.get("/services/?q=گواهي نشاني").must_say("گواهی نشانی")
    with walk.step("the service page says what is needed before anybody signs in"):
        browser.get(f"/services/{SERVICE}/").must_say("گواهی نشانی", "رایگان")
    with walk.step("first sign-in: number, birth date, phone, two registers asked, a code by SMS"):
        sign_in_first(browser, person)
    with walk.step("a draft is started, its one question answered, three registers asked"):
        review = apply(browser, source="register").must_say(person["family_name"])
    with walk.step("one confirmation; decided by the rules, certificate signed and issued"):
        case = submit(browser, review)
        case = wait_for(lambda: _after(browser, case, "صادرشده"), what="the certificate")
    with walk.step("the certificate is among the person's documents, and anybody can check the file"):
        document = browser.get(browser.get("/documents/").link("/documents/"))
        pdf = browser.get(document.link("/file")).content
        stranger = Browser(land.origin)
        stranger.send(stranger.get("/check/"), "/check/file", file=pdf).must_say("معتبر", "PAdES B-T")
    independent(land, walk, person, pdf)
    with walk.step("an altered file is refused"):
        stranger = Browser(land.origin)
        for file in (proofs.altered(pdf), pdf + b"\n% more\n"):
            page = stranger.send(stranger.get("/check/"), "/check/file", file=file)
            page.must_say("این فایل تغییر کرده است")
    with walk.step("the inbox holds the news, the phone a hint without personal data"):
        browser.get(browser.get("/inbox/").link("/inbox/")).must_say("گواهی نشانی")
    with walk.step("the person sees who was asked for what, why and on which law"):
        browser.get("/my-data/").must_say("ثبت احوال", "پست", "مالیات")
    with walk.step("every receipt proves itself: answer signed, question and answer in the node's log"):
        assert receipts_must_hold(land, browser) == RECEIPTS
    with walk.step("another person's case, document and message answer like ones that do not exist"):
        foreign(land, browser, case, document)
    with walk.step("the figure counts the certificate, and lists it"):
        wait_for(
            lambda: proofs.count_of_today(browser, "issued") > issued_before or None,
            what="the event in the figure",
        )
    with walk.step("sign-out ends both sessions; a later sign-in needs number and code only"):
        browser.sign_out(browser.get("/cases/"))
        browser.get("/cases/").must_say("کد ملی")
        sign_in_later(browser, person)
        browser.get("/cases/").must_say("گواهی نشانی")


def independent(land: Installation, walk: Walk, person: dict[str, Any], pdf: bytes) -> None:
    """What poppler says of the certificate, which shares no code with us."""
    sentence = "an independent program: signature valid, whole document signed, data attached, code in clear"
    if not proofs.has_poppler():
        walk.leave_out(sentence, missing="poppler-utils")
        return
    with walk.step(sentence):
        proofs.must_be_signed_whole(pdf)
        assert person["national_number"] not in json.dumps(proofs.record_of(pdf))
        check_by_code(Browser(land.origin), pdf)


def refused(land: Installation, walk: Walk) -> None:
    """Both refusals of the service, each with its reason and its remedy."""
    for story, reason, law, remedy in (
        ("no-residence", "پیوند شما با این واحد احراز نشد", "مالیات‌های مستقیم", "سامانه ملی املاک و اسکان"),
        ("place-not-a-dwelling", "یافت نشد یا مسکونی نیست", "کد پستی", "اداره پست"),
    ):
        with walk.step(f"refused ({story}): reason, law and remedy on the case and in the inbox"):
            person, browser = land.somebody(story), Browser(land.origin)
            sign_in_first(browser, person)
            case = submit(browser, apply(browser, source="register"))
            case = wait_for(
                lambda case=case, browser=browser: _after(browser, case, "ردشده"), what="the decision"
            )
            case.must_say(reason, law, remedy)
            browser.get(browser.get("/inbox/").link("/inbox/")).must_say(reason)


def turned_away(land: Installation, walk: Walk) -> None:
    """Who is not who they say gets no code, and is told what to do."""
    with walk.step("a phone that belongs to somebody else opens no account"):
        person, browser = land.somebody("phone-of-another"), Browser(land.origin)
        seen = len(codes_of(browser, person))
        page = browser.send(browser.get("/sign-in"), national_number=person["national_number"])
        page = browser.get(page.link("birth-date"))
        give_identity(browser, page, person).must_say("به نام خود شما")
        assert len(codes_of(browser, person)) == seen


def apply(browser: Browser, **answers: str) -> Page:
    """Start, answer and wait for the registers. Return the page of the review."""
    page = browser.send(browser.get(f"/services/{SERVICE}/"), "/cases/start/")
    page = browser.send(page, "", **answers)
    address = page.address

    def arrived() -> Page | None:
        looked = browser.get(address)
        return looked if looked.tree.xpath("//main//form[contains(@action, '/submit/')]") else None

    return arrived() or wait_for(arrived, what="the registers' answers")


def submit(browser: Browser, review: Page) -> Page:
    """Submit once, and once more as a double click does."""
    case = browser.send(review, "/submit/")
    browser.send(review, "/submit/")
    return case


def check_by_code(stranger: Browser, pdf: bytes) -> None:
    """Check a document by number and code as a bank would: without an account."""
    serial, code = proofs.record_of(pdf)["document"]["serial"], proofs.code_of(pdf)
    stranger.send(stranger.get("/check/"), serial=serial, code=code).must_say("معتبر")
    stranger.send(stranger.get("/check/"), serial=serial, code="0" * len(code), status=404)


def foreign(land: Installation, owner: Browser, case: Page, document: Page) -> None:
    """Ask for somebody else's things and for things that do not exist; compare the answers."""
    other = Browser(land.origin)
    sign_in_first(other, land.somebody("granted"))
    message = owner.get("/inbox/").link("/inbox/")
    for address in (case.address, document.address, document.address + "file", message):
        own = address.removeprefix(land.origin)
        identifier = own.split("/")[2]
        theirs = other.get(own, status=404)
        nothing = other.get(own.replace(identifier, str(uuid4())), status=404)
        assert theirs.text == nothing.text, f"{own} can be told from what does not exist"


def _after(browser: Browser, case: Page, word: str) -> Page | None:
    page = browser.get(case.address)
    return page if word in page.text else None


if __name__ == "__main__":
    with walked() as whole:
        main(whole)
