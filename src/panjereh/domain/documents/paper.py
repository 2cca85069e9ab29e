"""From facts to the files a render needs: the record, its dates in words, the QR, our kit, the template."""

import datetime as dt
import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from io import BytesIO
from pathlib import Path

import segno

from panjereh.domain.documents.forms import Issuer
from panjereh.domain.documents.rules.records import canonical, dates_in_words
from panjereh_kernel import jalali

_KIT = Path(__file__).parent / "rendering" / "kit"
_INK = "#12203a"
# Readers take any of the eight masks. The standard (ISO/IEC 18004) has the most even one chosen; trying all
# of them was most of what a document cost here beside its render and its signature (B-DOCS).
_MASK = 0


@dataclass(frozen=True, slots=True)
class PaperFacts:
    """What the platform itself puts on a document, beside the data it was asked to show."""

    serial: str
    code: str
    title: str
    issuer: Issuer
    signer: str
    public_url: str
    is_practice: bool
    valid_until: dt.date | None


def files_of(
    template: str, *, facts: PaperFacts, data: Mapping[str, object], at: dt.datetime
) -> dict[str, str]:
    """Return the files of one render, by name. `record.json` is what the document says, and goes into it."""
    record = record_of(facts, data=data, at=at)
    address = check_address(facts.public_url, facts.serial, facts.code)
    return {
        **_kit(),
        "template.typ": template,
        "record.json": canonical(record),
        "dates.json": json.dumps(dates_in_words(record)),
        "paper.json": json.dumps(
            {
                "check_address": address,
                "check_page": f"{facts.public_url.partition('://')[2]}/check",
                "check_code": facts.code,
            }
        ),
        "qr.svg": _qr(address),
    }


def record_of(facts: PaperFacts, *, data: Mapping[str, object], at: dt.datetime) -> dict[str, object]:
    """Return the data of record: the facts asked for, and under `document` what the platform vouches for."""
    return {
        **data,
        "document": {
            "serial": facts.serial,
            "title": facts.title,
            "issuer": {"id": facts.issuer.id, "name": facts.issuer.name["fa"]},
            "signer": facts.signer,
            "issued_at": at.astimezone(dt.UTC).strftime("%Y-%m-%dT%H:%M:%SZ"),
            "issued_on": jalali.tehran_date(at).isoformat(),
            "valid_until": facts.valid_until.isoformat() if facts.valid_until else None,
            "practice": facts.is_practice,
        },
    }


def check_address(public_url: str, serial: str, code: str) -> str:
    """Return the address in the QR. The code stands in the fragment, which browsers send to no server."""
    return f"{public_url}/check/{serial}#{code}"


def _qr(address: str) -> str:
    drawing = BytesIO()
    segno.make(address, error="m", mask=_MASK).save(drawing, kind="svg", border=0, dark=_INK, xmldecl=False)
    return drawing.getvalue().decode()


@cache
def _kit() -> dict[str, str]:
    files = {f"kit/{path.name}": path.read_text(encoding="utf-8") for path in _KIT.iterdir()}
    return {"main.typ": files.pop("kit/main.typ"), **files}
