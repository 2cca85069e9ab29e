"""Proofs that need nothing but the files: poppler for the PDF, the logs' own mathematics for the rest."""

import json
import re
import shutil
import subprocess
import tempfile
from pathlib import Path
from typing import Any

from tests.journeys.browser import Browser


def has_poppler() -> bool:
    """Whether the independent checker is there."""
    return shutil.which("pdfsig") is not None


def must_be_signed_whole(pdf: bytes) -> None:
    """Have poppler say both that the signature is valid and that nothing lies outside it."""
    with tempfile.NamedTemporaryFile(suffix=".pdf") as file:
        file.write(pdf)
        file.flush()
        said = subprocess.run(["pdfsig", file.name], capture_output=True, text=True, check=False).stdout
    assert "Signature is Valid" in said, said
    assert "Total document signed" in said, said


def record_of(pdf: bytes) -> dict[str, Any]:
    """Return the data of record attached to the document."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "document.pdf")
        path.write_bytes(pdf)
        subprocess.run(["pdfdetach", "-saveall", "-o", folder, str(path)], check=True, capture_output=True)
        record: dict[str, Any] = json.loads(Path(folder, "record.json").read_text(encoding="utf-8"))
        return record


def code_of(pdf: bytes) -> str:
    """Return the code for the public check, as the paper shows it in clear."""
    text = subprocess.run(["pdftotext", "-raw", "-", "-"], input=pdf, capture_output=True, check=True).stdout
    found = re.search(r"\b[0-9A-Z]{4}-[0-9A-Z]{4}\b", text.decode())
    assert found, "the certificate shows no code to check it with"
    return found[0]


def altered(pdf: bytes) -> bytes:
    """Return the file with one byte of its content changed."""
    place = pdf.index(b"stream\n") + 40
    return pdf[:place] + bytes([pdf[place] ^ 1]) + pdf[place + 1 :]


def count_of_today(browser: Browser, state: str) -> int:
    """Return how many events the figure's list holds for a state."""
    page = browser.get(f"/figures/cases-by-state-and-day/events/?state={state}")
    return len(page.tree.xpath("//main//tbody/tr"))
