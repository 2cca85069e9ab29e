"""Makes certificates as the job does, with the stage's own key, and prints the cost of each part as JSON."""

from __future__ import annotations

import datetime as dt
import json
import os
import sys
import time
from statistics import median
from typing import TYPE_CHECKING, TypeVar

import django
from django.conf import settings

django.setup()

from benchmarks import processor  # noqa: E402 - Django had to be set up first
from panjereh.domain.catalogue import api as catalogue  # noqa: E402
from panjereh.domain.documents import api as documents  # noqa: E402
from panjereh.domain.documents import forms, paper  # noqa: E402
from panjereh.domain.documents.rules.numbers import draw_numbers  # noqa: E402
from panjereh.domain.documents.signing.inspection import inspect_file  # noqa: E402
from panjereh.domain.documents.signing.seal import read_roots, sign_document  # noqa: E402
from panjereh.jobs.documents import press  # noqa: E402

if TYPE_CHECKING:
    from collections.abc import Callable

WARM, DOCUMENTS = 5, 150
# The kernel counts in hundredths of a second, so the render is taken over groups.
GROUP = 10
MS = 1000
SERVICE, TEMPLATE = "place.address-certificate", "address-certificate"
T = TypeVar("T")


class Maker:
    """Makes one document after another and keeps what each part took, in milliseconds."""

    def __init__(self) -> None:
        self.press = press()
        ref = forms.TemplateRef(SERVICE, catalogue.current_pack(SERVICE).version, TEMPLATE)
        self.template = forms.template_text(ref)
        self.form = forms.form_of(ref)
        self.issuer = forms.issuer_of(self.form.issuer_id)
        self.data = _data(self.issuer.name["fa"])
        self.roots = read_roots(settings.PANJEREH.document_chain_file.read_bytes())
        self.took: dict[str, list[float]] = {"files": [], "render": [], "sign": []}

    def make_group(self) -> None:
        """Make a group of documents and check every one."""
        at = dt.datetime.now(tz=dt.UTC)
        files = [self._timed("files", lambda: self._files(at)) for _ in range(GROUP)]
        before = processor.seconds_of(os.getpid())
        rendered = [self.press.renderer.render(each, created_at=at) for each in files]
        self.took["render"].append((processor.seconds_of(os.getpid()) - before) / GROUP * MS)
        signed = [
            self._timed("sign", lambda pdf=pdf: sign_document(pdf, key=self.press.key, at=at))  # type: ignore[misc]
            for pdf in rendered
        ]
        for pdf in signed:
            answers = inspect_file(pdf, roots=self.roots, at=at).answers
            asked = [check for check in documents.Check if check is not documents.Check.ISSUED]
            assert all(answers[check] for check in asked), answers

    def _files(self, at: dt.datetime) -> dict[str, str]:
        serial, code = draw_numbers(os.urandom(documents.ENTROPY_BYTES))
        facts = paper.PaperFacts(
            serial=serial,
            code=code,
            title=self.form.title["fa"],
            issuer=self.issuer,
            signer=self.press.key.holder,
            public_url=self.press.public_url,
            is_practice=True,
            valid_until=at.date() + dt.timedelta(days=90),
        )
        return paper.files_of(self.template, facts=facts, data=self.data, at=at)

    def _timed(self, part: str, work: Callable[[], T]) -> T:
        before = time.process_time()
        done = work()
        self.took[part].append((time.process_time() - before) * MS)
        return done


def _data(word: str) -> dict[str, object]:
    """Return what a certificate says, with one Persian word for every name."""
    return {
        "holder": {
            "given_name": word,
            "family_name": word,
            "father_name": word,
            "national_number": "******0018",
        },
        "place": {"city": word, "address_line": f"{word} {word} 8", "postal_code": "9999900012"},
        "residence": {"since": "2021-04-01", "bond": "lease"},
    }


def main() -> None:
    """Warm up, measure, print."""
    maker = Maker()
    for _ in range(WARM // GROUP + 1):
        maker.make_group()
    maker.took = {part: [] for part in maker.took}
    for _ in range(DOCUMENTS // GROUP):
        maker.make_group()
    found = {part: median(times) for part, times in maker.took.items()}
    sys.stdout.write(json.dumps(found | {"documents": DOCUMENTS}))


if __name__ == "__main__":
    main()
