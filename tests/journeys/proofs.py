"""Proofs that need nothing but the files: poppler for the PDF, the logs' own mathematics for the rest."""

import re
import shutil
import subprocess
import tempfile
from pathlib import Path

from tests.journeys.browser import Browser


def must_be_signed_whole(pdf: bytes) -> None:
    """Have poppler say both that the signature is valid and that nothing lies outside it."""
    tool = shutil.which("pdfsig")
    assert tool, "poppler-utils is missing: apt-get install poppler-utils"
    with tempfile.NamedTemporaryFile(suffix=".pdf") as file:
        file.write(pdf)
        file.flush()
        said = subprocess.run([tool, file.name], capture_output=True, text=True, check=False).stdout
    assert "Signature is Valid" in said, said
    assert "Total document signed" in said, said


def text_of(pdf: bytes) -> str:
    """Return the text layer."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "document.pdf")
        path.write_bytes(pdf)
        return subprocess.run(
            ["pdftotext", "-raw", str(path), "-"], capture_output=True, text=True, check=True
        ).stdout


def check_address(pdf: bytes) -> tuple[str, str]:
    """Return document number and code from the address that the certificate carries as a link."""
    found = re.search(rb"/check/([0-9-]+)#([0-9A-Za-z-]+)", pdf)
    assert found, "the certificate carries no address to check it at"
    return found[1].decode(), found[2].decode()


def altered(pdf: bytes) -> bytes:
    """Return the file with one byte of its content changed."""
    place = pdf.index(b"stream\n") + 40
    return pdf[:place] + bytes([pdf[place] ^ 1]) + pdf[place + 1 :]


def count_of_today(browser: Browser, state: str) -> int:
    """Return how many events the figure's list holds for a state."""
    page = browser.get(f"/figures/cases-by-state-and-day/events/?state={state}")
    return len(page.tree.xpath("//main//tbody/tr"))
