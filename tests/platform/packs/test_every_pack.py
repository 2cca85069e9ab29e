"""Every service in `packs` goes all the way: a draft, the registers, the decision, a signed document.

A pack is data, so nothing has to be written here for a new one: the answers of its form are those of the
first of its own tests that grants.
"""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
import yaml
from django.conf import settings

from panjereh.domain.casework import api as casework
from panjereh.domain.catalogue import api as catalogue
from panjereh.domain.directory import api as directory
from panjereh.domain.documents import api as documents
from panjereh.domain.exchange.room import room
from panjereh.jobs import documents as document_jobs
from panjereh.plumbing import edge
from tests.platform.casework.window import Window
from tests.platform.documents.conftest import authority, press, renderer
from tests.platform.documents.press import AT, Authority
from tests.platform.packs.country import PracticeRegisters, somebody_at_the_window

__all__ = ["authority", "press", "renderer"]
PACKS = Path(settings.PANJEREH.packs_directory)

pytestmark = pytest.mark.slow


@pytest.fixture
def window(press: documents.Press) -> Iterator[Window]:
    patch = pytest.MonkeyPatch()
    registers = PracticeRegisters(at=AT)
    with patch.context() as during:
        during.setitem(room().__dict__, "node", registers)
        during.setattr(edge, "now", lambda: AT)
        during.setattr(document_jobs, "press", lambda: press)
        directory.import_directory(Path(settings.PANJEREH.data_directory) / "iran", at=AT)
        catalogue.install_packs(PACKS, at=AT)
        yield somebody_at_the_window(registers)


def granted_answers(service_id: str) -> dict[str, str]:
    tests = yaml.safe_load((PACKS / service_id / "tests.yaml").read_text("utf-8"))
    answers: dict[str, str] = next(each["form"] for each in tests if each["expect"]["outcome"] == "granted")
    return answers


def answer_every_page(window: Window, answers: dict[str, str]) -> None:
    for page in casework.pages_to_answer(catalogue.current_pack(window.service_id), answers):
        window.answer_page(page.id, **{each.id: answers[each.id] for each in page.fields})


@pytest.mark.parametrize("service_id", sorted(place.parent.name for place in PACKS.glob("*/service.yaml")))
def test_a_pack_goes_from_a_draft_to_a_signed_document(
    service_id: str, window: Window, run_jobs: Callable[[], int], authority: Authority
) -> None:
    window.service_id = service_id
    window.start()
    answer_every_page(window, granted_answers(service_id))

    window.gather()
    run_jobs()
    window.submit()
    run_jobs()

    assert window.see().state is casework.CaseState.ISSUED
    (document,) = documents.documents_of(window.actor, at=AT)
    pdf = documents.document_file(document.id, actor=window.actor, at=AT).content
    report = documents.check_file(
        pdf, roots=documents.read_roots(authority.chain_pem), actor=window.actor, address="192.0.2.1", at=AT
    )
    assert report.verdict is documents.Verdict.GENUINE
