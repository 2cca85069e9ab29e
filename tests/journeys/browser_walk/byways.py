"""Beside the thread: what a person may read, say and prove about a case, its document and its receipts."""

from pathlib import Path

from playwright.sync_api import expect

from tests.journeys import proofs
from tests.journeys.browser_walk.visitor import LONGEST_WAIT, Visitor
from tests.journeys.browser_walk.words import say
from tests.journeys.country import Installation
from tests.journeys.steps import Walk


def doubt(visitor: Visitor, walk: Walk) -> None:
    """From the review: what to do about a wrong record, and how the draft would be discarded."""
    with walk.step("a record that is wrong, a draft one thinks of discarding: both lead back"):
        visitor.press("link", "wrong", exact=False)
        visitor.must_head("if wrong")
        visitor.look("wrong-record")
        visitor.press("link", "back to review")
        visitor.press("link", "discard")
        visitor.must_head("discard?")
        visitor.look("discard-draft")
        visitor.press("link", "no")
        visitor.must_head("review")


def read_papers(visitor: Visitor, walk: Walk) -> None:
    """From the page of an issued case: its answers, the receipt of the request, and back."""
    with walk.step("the papers of the case: its answers and the receipt of the request"):
        case = visitor.page.url
        visitor.press("link", "answers", exact=False)
        visitor.must_head("answers of case")
        visitor.look("case-answers")
        visitor.page.goto(case)
        visitor.press("link", "receipt of request")
        visitor.must_head("receipt of request")
        visitor.look("case-receipt")
        visitor.page.goto(case)


def report_refusal(visitor: Visitor, walk: Walk) -> None:
    """From the page of a document: say that an organisation did not accept it."""
    with walk.step("an organisation did not accept the document: reported in two steps"):
        document = visitor.page.url
        visitor.press("link", "report")
        visitor.must_head("which organisation")
        visitor.look("not-accepted")
        visitor.press("button", "continue")
        visitor.page.get_by_role("alert").wait_for()
        visitor.find("combobox", "organisation").select_option(index=1)
        visitor.press("button", "continue")
        visitor.must_head("what said")
        visitor.look("not-accepted-why")
        visitor.hands.choose(visitor.page.get_by_role("radio").first)
        visitor.press("button", "record report")
        visitor.must_head("reports")
        visitor.look("not-accepted-reports")
        visitor.page.goto(document)


def prove_receipt(visitor: Visitor, walk: Walk) -> None:
    """From the list of looks: the proof of the newest receipt."""
    with walk.step("a receipt of one's own proves itself"):
        visitor.press("link", "proof in log", exact=False)
        visitor.find("heading", "without us").wait_for()
        visitor.look("receipt-proof")


def prove_event(visitor: Visitor, walk: Walk) -> None:
    """From the list of events behind a figure: the proof of one of them, once the record is published."""
    with walk.step("an event behind the figure proves itself"):
        visitor.press("link", "proof of event", exact=False)
        visitor.find("heading", "without us").wait_for()
        visitor.look("figure-event")


def receipt_of_check(visitor: Visitor, walk: Walk, folder: Path) -> None:
    """From the result of a check: have it as a signed receipt, and check the receipt itself."""
    with walk.step("the check, as a signed receipt that can be checked itself"):
        visitor.press("button", "signed receipt")
        visitor.must_head("receipt of check")
        visitor.find("link", "download receipt").wait_for(timeout=LONGEST_WAIT)
        visitor.look("check-receipt")
        with visitor.page.expect_download() as download:
            visitor.press("link", "download receipt")
        receipt = folder / "receipt.pdf"
        download.value.save_as(receipt)
        _give(visitor, receipt)
        visitor.look("check-of-receipt")


def false_papers(visitor: Visitor, walk: Walk, certificate: Path, origin: str) -> None:
    """What a stranger is told of an altered file, of one nobody issued, and of a number nobody gave."""
    with walk.step("an altered file, a foreign one, a number that does not exist: each is told apart"):
        altered = certificate.with_name("altered.pdf")
        altered.write_bytes(certificate.read_bytes() + b"\n% more\n")
        foreign = certificate.with_name("foreign.pdf")
        foreign.write_bytes(b"%PDF-1.4\n%%EOF\n")
        for name, paper in (("check-altered", altered), ("check-foreign", foreign)):
            visitor.page.goto(f"{origin}{visitor.way.home}check/")
            _give(visitor, paper)
            visitor.look(name)
        visitor.page.goto(f"{origin}{visitor.way.home}check/")
        visitor.write("serial", "9904118203675")
        visitor.write("check code", "AAAA-AAAA")
        visitor.press("button", "check by code")
        visitor.find("link", "another").wait_for()
        visitor.look("check-not-found")


def revoke(visitor: Visitor, stranger: Visitor, walk: Walk, land: Installation, certificate: Path) -> None:
    """Have the issuer revoke the document; the holder and a stranger see it."""
    if not proofs.has_poppler():
        walk.leave_out("a revoked document", missing="poppler-utils")
        return
    with walk.step("the document is revoked: its holder and whoever checks it are told"):
        serial = proofs.record_of(certificate.read_bytes())["document"]["serial"]
        done = land.run("panjereh", "revoke-document", serial, "--reason", "replaced", program="platform")
        assert done.returncode == 0, done.stderr
        stranger.page.goto(f"{land.origin}{stranger.way.home}check/")
        _give(stranger, certificate)
        expect(stranger.page.locator("[data-kind=revoked]")).to_be_visible()
        stranger.look("check-revoked")
        visitor.go("documents")
        visitor.press("link", "service")
        visitor.find("link", "its case").wait_for()
        visitor.look("document-revoked")
        visitor.press("link", "its case")
        visitor.find("link", "see document").wait_for()
        visitor.look("case-revoked")


def _give(visitor: Visitor, file: Path) -> None:
    if not visitor.find_labelled("file").count():
        visitor.press("link", "another")
    visitor.hands.give_file(visitor.find_labelled("file"), file)
    visitor.press("button", "check file")
    visitor.find("link", "another").wait_for()


def try_what_if(visitor: Visitor, walk: Walk, origin: str) -> None:
    """Try other online services: the rank follows while one types, or on a press; then keep it."""
    page = visitor.page
    with walk.step("a what-if: another value, its rank at once, kept under an address"):
        page.goto(f"{origin}{visitor.way.home}indices/what-if/?edition=2024")
        page.evaluate("window.isSamePage = true")
        visitor.write("online services", "0.7209")
        if not visitor.way.scripts:
            visitor.press("button", "compute")
        rank = page.locator("#result .v").first
        expect(rank).to_contain_text(say("rank tried", visitor.way.language), timeout=LONGEST_WAIT)
        if visitor.way.scripts:
            expect(page.get_by_role("status")).to_contain_text(say("rank tried", visitor.way.language))
            assert page.evaluate("window.isSamePage"), "the page was loaded anew while somebody typed"
            assert "osi=0.7209" in page.url, f"the address does not follow: {page.url}"
        visitor.press("button", "keep it")
        visitor.must_head("not kept")
        visitor.look("index-not-kept")
        visitor.press("link", "back to what-if")
        visitor.write("name of what-if", say("my what-if", visitor.way.language))
        visitor.press("button", "keep it")
        visitor.must_head("my what-if")
        visitor.look("index-scenario")
