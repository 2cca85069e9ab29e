"""The signed receipt of a check: asked for on a result page, filed, and checked on the same page later."""

import datetime as dt
import io
import json
import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from procrastinate.contrib.django.models import ProcrastinateJob
from pyhanko.pdf_utils import generic
from pyhanko.pdf_utils.reader import PdfFileReader

from panjereh.domain.audit.models import Leaf
from panjereh.domain.documents import api as documents
from panjereh.domain.documents import caps
from panjereh.domain.documents.models import CheckReceipt
from panjereh.domain.documents.operations import issue_receipt as issuing
from panjereh.jobs import documents as jobs
from panjereh.plumbing import edge
from panjereh_kernel.actor import Actor
from panjereh_kernel.refusal import NotFound
from tests.platform.documents import press as made

pytestmark = pytest.mark.slow


@pytest.fixture(autouse=True)
def no_waiting(monkeypatch, press):
    monkeypatch.setattr(edge, "wait_until", lambda is_done, **_: is_done())
    monkeypatch.setattr(jobs, "press", lambda: press)


def check(stranger, file=None, numbers=None):
    if file is None:
        return stranger.post("/check/", {"serial": numbers[0], "code": numbers[1]})
    return stranger.post("/check/file", {"file": SimpleUploadedFile("a.pdf", file, "application/pdf")})


def make_receipts() -> None:
    """Run the jobs of receipts alone: the document here was made without a case, whose events would fail."""
    for job in ProcrastinateJob.objects.filter(task_name="documents.issue_receipt").order_by("id"):
        jobs.issue_receipt(**job.args)


def voucher_in(response) -> str:
    return re.search(r'name="statement" value="([^"]+)"', response.content.decode())[1]


def ask_for_receipt(stranger, response) -> str:
    """Press the button of a result page; return where it leads."""
    return stranger.post("/check/receipts", {"statement": voucher_in(response)}).headers["Location"]


@pytest.fixture
def filed(stranger, file) -> bytes:
    """Return the receipt of a check of the file, as somebody filed it."""
    place = ask_for_receipt(stranger, check(stranger, file))
    make_receipts()
    return stranger.get(f"{place}/file").content


def record_in(pdf: bytes) -> dict:
    names = PdfFileReader(io.BytesIO(pdf)).root["/Names"]["/EmbeddedFiles"]["/Names"]
    return json.loads(names[1]["/EF"]["/F"].data)


def alternatives_in(pdf: bytes) -> str:
    """Return what a screen reader says in place of the pictures of a file."""
    reader = PdfFileReader(io.BytesIO(pdf), strict=False)
    things = (reader.get_object(generic.Reference(number, 0)) for number in range(1, reader.trailer["/Size"]))
    return " ".join(str(thing["/Alt"]) for thing in things if isinstance(thing, dict) and "/Alt" in thing)


def test_a_receipt_states_which_document_what_when_and_by_whom(filed, file, issued, holder):
    record = record_in(filed)

    serial = documents.document_of(issued, actor=holder, at=made.AT).serial
    assert record["installation"] == made.PUBLIC_URL
    assert record["document"]["issuer"] == {"id": "installation", "name": "پنجره"}
    assert record["check"]["checked_at"] == "2026-11-22T06:11:17Z"
    assert (record["check"]["way"], record["check"]["result"]) == ("file", "valid")
    assert record["check"]["document"]["serial"] == serial
    assert set(record["check"]["answers"].values()) == {True}
    assert len(bytes.fromhex(record["check"]["file_sha256"])) == 32


def test_a_receipt_names_nobody_and_does_not_open_itself(filed):
    text = json.dumps(record_in(filed), ensure_ascii=False)

    assert "مینا" not in text
    assert "م. ن" not in text
    assert "reference" not in text


def test_a_filed_receipt_is_recognised_by_its_file(stranger, filed, clock):
    clock(made.AT + dt.timedelta(days=3650))

    page = check(stranger, filed).content.decode()

    assert 'data-kind="receipt"' in page
    assert "این سند معتبر است" in page  # what it stated then
    assert "استعلام وضع امروز خود سند" in page


def test_a_filed_receipt_is_recognised_by_its_number_and_code(stranger, filed):
    serial, code = issuing.draw_numbers(b"\x07" * documents.ENTROPY_BYTES)
    CheckReceipt.objects.update(serial=serial, check_code_index=issuing.access.code_index(serial, code))

    assert 'data-kind="receipt"' in check(stranger, numbers=(serial, code)).content.decode()
    assert check(stranger, numbers=(serial, "2222-2222")).status_code == 404


def test_an_altered_receipt_is_not_recognised(stranger, filed):
    altered = bytearray(filed)
    altered[len(filed) // 3] ^= 1

    assert 'data-kind="altered"' in check(stranger, bytes(altered)).content.decode()


def test_a_receipt_can_be_made_of_a_bad_result_too(stranger, file):
    place = ask_for_receipt(stranger, check(stranger, file + b"%"))
    make_receipts()

    record = record_in(stranger.get(f"{place}/file").content)
    assert (record["check"]["result"], record["check"]["document"]) == ("altered", None)
    assert record["check"]["answers"]["whole"] is False


def test_only_the_receipt_of_a_valid_document_carries_the_star(stranger, file, filed):
    place = ask_for_receipt(stranger, check(stranger, file + b"%"))
    make_receipts()
    bad = stranger.get(f"{place}/file").content

    assert "ستاره هشت‌پر" in alternatives_in(filed)
    assert "ستاره هشت‌پر" not in alternatives_in(bad)
    assert "حلقه خالی" in alternatives_in(bad)


def test_a_receipt_of_a_revoked_document_states_the_reason(stranger, numbers, revoke):
    revoke()
    place = ask_for_receipt(stranger, check(stranger, numbers=numbers))
    make_receipts()

    record = record_in(stranger.get(f"{place}/file").content)
    assert record["check"]["result"] == "revoked"
    assert record["check"]["document"]["revocation_reason"] == "facts-changed"


def test_nothing_found_by_number_and_code_has_no_receipt(stranger, issued, numbers):
    response = check(stranger, numbers=(numbers[0], "2222-2222"))

    assert 'name="statement"' not in response.content.decode()


def test_asking_twice_makes_one_receipt(stranger, file):
    response = check(stranger, file)

    places = {ask_for_receipt(stranger, response) for _ in range(2)}
    make_receipts()

    assert len(places) == 1
    assert CheckReceipt.objects.count() == 1
    events = Leaf.objects.filter(event__startswith="documents.receipt").values_list("event", flat=True)
    assert sorted(events) == ["documents.receipt.issued", "documents.receipt.requested"]


def test_while_it_is_made_the_page_says_so_and_has_no_file(stranger, file):
    place = ask_for_receipt(stranger, check(stranger, file))

    waiting = stranger.get(place).content.decode()

    assert 'http-equiv="refresh"' in waiting
    assert stranger.get(f"{place}/file").status_code == 409


def test_a_receipt_that_is_made_can_be_fetched(stranger, file):
    place = ask_for_receipt(stranger, check(stranger, file))
    make_receipts()

    page = stranger.get(place)

    assert f"{place}/file" in page.content.decode()
    assert 'http-equiv="refresh"' not in page.content.decode()


class Killed(BaseException):
    """What a process killed here would look like to the caller: nothing after it ran."""


@pytest.mark.parametrize("step", ["sign_document", "_store"])
def test_a_worker_killed_before_the_commit_leaves_a_request_that_the_next_one_finishes(
    stranger, file, monkeypatch, step
):
    def die(*_arguments, **_keywords):
        raise Killed

    place = ask_for_receipt(stranger, check(stranger, file))
    with monkeypatch.context() as patch:
        patch.setattr(issuing, step, die)
        with pytest.raises(Killed):
            make_receipts()
    assert CheckReceipt.objects.get().serial is None

    make_receipts()

    assert stranger.get(f"{place}/file").content.startswith(b"%PDF-")


def test_issuing_twice_changes_nothing(filed, press):
    receipt = CheckReceipt.objects.get()

    documents.issue_receipt(receipt.id, press=press, entropy=b"another draw" * 2, at=made.AT)
    issuing._store(receipt.id, b"other", serial="x", code="y", at=made.AT)
    documents.issue_receipt(edge.new_id(), press=press, entropy=b"another draw" * 2, at=made.AT)

    assert bytes(CheckReceipt.objects.get().pdf) == filed


def test_a_receipt_nobody_asked_for_is_not_there(stranger, db):
    assert stranger.get("/check/receipts/x").status_code == 404
    assert stranger.get("/check/receipts/x/file").status_code == 404
    with pytest.raises(NotFound):
        issuing._store(edge.new_id(), b"", serial="", code="", at=made.AT)


@pytest.mark.parametrize("text", ["", "made:up", "a.b:c:d"])
def test_a_made_up_result_has_no_receipt(stranger, db, text):
    assert stranger.post("/check/receipts", {"statement": text}).status_code == 422
    assert CheckReceipt.objects.count() == 0


def test_an_old_result_has_no_receipt(stranger, file, clock):
    response = check(stranger, file)
    clock(made.AT + dt.timedelta(minutes=31))

    answer = stranger.post("/check/receipts", {"statement": voucher_in(response)})

    assert answer.status_code == 422
    assert documents.StatementOutOfDate.code == "document-result-out-of-date"


def test_receipts_count_as_questions_of_an_address(stranger, file, monkeypatch):
    response = check(stranger, file)
    monkeypatch.setattr(caps, "MAX_TRIES", 1)

    answer = stranger.post("/check/receipts", {"statement": voucher_in(response)})

    assert answer.status_code == 429
    assert CheckReceipt.objects.count() == 0


def test_after_a_month_the_file_goes_and_the_receipt_can_still_be_checked(stranger, filed, clock):
    clock(made.AT + issuing.KEPT + dt.timedelta(days=1))

    jobs.forget_receipt_files(timestamp=0)

    assert CheckReceipt.objects.get().pdf is None
    assert 'data-kind="receipt"' in check(stranger, filed).content.decode()


def test_the_page_of_a_receipt_whose_file_is_gone_says_so(stranger, file):
    place = ask_for_receipt(stranger, check(stranger, file))
    make_receipts()
    CheckReceipt.objects.update(pdf=None)

    assert "دیگر اینجا نگه داشته نمی‌شود" in stranger.get(place).content.decode()


def test_a_statement_comes_back_from_its_text_as_it_was(issued, numbers):
    found = documents.check_by_code(
        *numbers, actor=Actor.anonymous("document-check"), address="192.0.2.1", at=made.AT
    )
    statement = documents.statement_of_document(found, way=documents.Way.CODE, reference="r", at=made.AT)

    assert documents.Statement.from_json(statement.to_json()) == statement
