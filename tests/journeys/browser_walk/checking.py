"""Somebody without an account checks the certificate: the file, its number and code, the link of its QR."""

from pathlib import Path
from typing import Any

from playwright.sync_api import expect

from tests.journeys import proofs
from tests.journeys.browser_walk.visitor import Visitor
from tests.journeys.steps import Walk


def check_certificate(visitor: Visitor, walk: Walk, origin: str, certificate: Path) -> None:
    """Check a certificate in every way the page offers."""
    with walk.step("a stranger checks the file"):
        visitor.page.goto(origin + visitor.way.home)
        visitor.press("link", "check", within="contentinfo")
        visitor.must_head("check")
        visitor.look("check")
        visitor.hands.give_file(visitor.find_labelled("file"), certificate)
        visitor.press("button", "check file")
        _must_be_valid(visitor)
        visitor.look("check-valid")
    pdf = certificate.read_bytes()
    if not proofs.has_poppler():
        walk.leave_out("the certificate's code and QR", missing="poppler-utils")
        return
    with walk.step("the QR's link: the code fills itself in, or is typed where scripts are off"):
        _check_by_link(visitor, origin, proofs.record_of(pdf), proofs.code_of(pdf))


def _check_by_link(visitor: Visitor, origin: str, record: dict[str, Any], code: str) -> None:
    serial = record["document"]["serial"]
    visitor.page.goto(f"{origin}{visitor.way.home}check/{serial}#{code}")
    expect(visitor.find("textbox", "serial")).to_have_value(serial)
    field = visitor.find("textbox", "check code")
    if visitor.way.scripts:
        expect(field).to_have_value(code)
        assert "#" not in visitor.page.url, "the code stays in the address"
    else:
        expect(field).to_have_value("")
        visitor.write("check code", code)
    visitor.look("check-number")
    visitor.press("button", "check by code")
    _must_be_valid(visitor)
    visitor.look("check-valid-by-code")


def _must_be_valid(visitor: Visitor) -> None:
    visitor.find("heading", "valid", exact=False).wait_for()
