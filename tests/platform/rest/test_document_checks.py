"""The check of documents for programs: every answer is as its description says."""

import datetime as dt
import hashlib
import json

import jsonschema
import pytest
from django.test import Client
from procrastinate.contrib.django.models import ProcrastinateJob

from panjereh.domain.documents import api as documents
from panjereh.domain.documents import caps
from panjereh.domain.documents.models import CheckReceipt, Document
from panjereh.jobs import documents as jobs
from panjereh.plumbing import sealing
from panjereh.rest import refusals
from tests.platform.documents import press as made
from tests.platform.rest.described import DESCRIBED

pytestmark = pytest.mark.slow
CHECKS, RECEIPTS = "/api/v1/document-checks", "/api/v1/document-check-receipts"


def matches(value: object, schema: str) -> None:
    """Hold an answer against its schema in the description."""
    jsonschema.Draft202012Validator(
        {"$ref": f"#/components/schemas/{schema}", "components": DESCRIBED["components"]},
        format_checker=jsonschema.FormatChecker(),
    ).validate(value)


def post(client: Client, path: str, value: object):
    return client.post(path, json.dumps(value), content_type="application/json")


def check(client: Client, value: object) -> dict:
    response = post(client, CHECKS, value)
    assert response.status_code == 200, response.content
    matches(response.json(), "Check")
    return response.json()


def check_file(client: Client, content: bytes) -> dict:
    response = client.post(CHECKS, content, content_type="application/pdf")
    assert response.status_code == 200, response.content
    matches(response.json(), "Check")
    return response.json()


def problem(response, status: int) -> dict:
    assert response.status_code == status, response.content
    assert response.headers["Content-Type"] == "application/problem+json"
    matches(response.json(), "Problem")
    assert response.json()["status"] == status
    return response.json()


def by_code(numbers) -> dict[str, str]:
    return {"number": numbers[0], "code": numbers[1]}


def test_number_and_code_tell_what_our_records_say_and_no_name(stranger, issued, numbers):
    answer = check(stranger, by_code(numbers))

    assert (answer["result"], answer["way"]) == ("valid", "code")
    assert answer["document"]["number"] == numbers[0]
    assert answer["document"]["holder_initials"] == "م. ن…"
    assert answer["document"]["valid_until"] == "2027-11-22"
    assert "مینا" not in json.dumps(answer, ensure_ascii=False)


def test_the_initials_of_an_erased_holder_are_empty(stranger, issued, numbers):
    sealing.erase_key(Document.objects.get(id=issued).subject_id, at=made.AT)

    answer = check(stranger, by_code(numbers))

    assert answer["result"] == "valid"
    assert answer["document"]["holder_initials"] == ""


def test_the_digest_of_a_file_is_enough(stranger, file):
    answer = check(stranger, {"sha256": hashlib.sha256(file).hexdigest()})

    assert (answer["result"], answer["way"]) == ("valid", "digest")


def test_an_unknown_digest_is_not_found(stranger, issued):
    assert check(stranger, {"sha256": "00" * 32})["result"] == "not-found"


def test_a_file_is_examined_and_each_question_answered(stranger, file):
    answer = check_file(stranger, file)

    assert (answer["result"], answer["way"]) == ("valid", "file")
    assert set(answer["checks"]) == {each.value for each in documents.Check}
    assert answer["file_sha256"] == hashlib.sha256(file).hexdigest()


def test_an_altered_file_tells_nothing_of_the_document(stranger, file):
    answer = check_file(stranger, file + b"%")

    assert (answer["result"], answer["document"]) == ("altered", None)
    assert answer["checks"]["whole"] is False


def test_a_wrong_code_and_an_unknown_number_get_the_same_answer(stranger, issued, numbers):
    wrong_code = check(stranger, {"number": numbers[0], "code": "2222-2222"})
    unknown = check(stranger, {"number": "9904-1182-0367-5", "code": numbers[1]})

    assert wrong_code == unknown
    assert wrong_code["result"] == "not-found"


def test_a_revoked_document_says_when_and_why(stranger, numbers, revoke):
    revoke()

    answer = check(stranger, by_code(numbers))

    assert answer["result"] == "revoked"
    assert answer["document"]["revocation_reason"] == "facts-changed"
    assert answer["document"]["revoked_at"] == "2026-11-22T06:11:17Z"


def test_an_expired_document_says_so(stranger, issued, numbers, clock):
    clock(made.AT.replace(year=2028))

    assert check(stranger, by_code(numbers))["result"] == "expired"


@pytest.fixture
def receipt(stranger, file, monkeypatch, press):
    """Return the place of a receipt that was asked for; `make` makes it."""
    monkeypatch.setattr(jobs, "press", lambda: press)
    response = post(stranger, RECEIPTS, {"voucher": check_file(stranger, file)["voucher"]})
    assert response.status_code == 202
    matches(response.json(), "Receipt")
    return response.headers["Location"]


def make() -> None:
    for job in ProcrastinateJob.objects.filter(task_name="documents.issue_receipt").order_by("id"):
        jobs.issue_receipt(**job.args)


def test_a_receipt_is_being_made_and_then_ready(stranger, receipt):
    waiting = stranger.get(receipt).json()
    make()
    ready = stranger.get(receipt).json()

    matches(ready, "Receipt")
    assert (waiting["state"], waiting["file"]) == ("being-made", None)
    assert ready["state"] == "ready"
    assert ready["file"] == f"{made.PUBLIC_URL}{receipt}/file"


def test_a_receipt_that_is_not_ready_has_no_file(stranger, receipt):
    assert problem(stranger.get(f"{receipt}/file"), 409)["code"] == "document-not-ready"


@pytest.mark.parametrize("way", ["file", "digest"])
def test_a_fetched_receipt_can_be_checked(stranger, receipt, way):
    make()
    content = stranger.get(f"{receipt}/file").content

    answer = (
        check_file(stranger, content)
        if way == "file"
        else check(stranger, {"sha256": hashlib.sha256(content).hexdigest()})
    )

    assert answer["result"] == "receipt"
    assert answer["receipt"]["stated"]["result"] == "valid"
    assert answer["voucher"] is None


def test_a_receipt_is_checked_by_number_and_code_too(stranger, receipt):
    make()
    serial, code = documents.issue_receipt.__globals__["draw_numbers"](b"\x07" * documents.ENTROPY_BYTES)
    index = documents.issue_receipt.__globals__["access"].code_index(serial, code)
    CheckReceipt.objects.update(serial=serial, check_code_index=index)

    assert check(stranger, {"number": serial, "code": code})["result"] == "receipt"


def test_a_dropped_receipt_says_so(stranger, receipt, clock):
    make()
    documents.forget_receipt_files(at=made.AT + dt.timedelta(days=31))

    assert stranger.get(receipt).json()["state"] == "dropped"


@pytest.mark.parametrize(
    ("value", "field"),
    [
        ({}, "number"),
        ({"number": 5, "code": "x"}, "number"),
        ({"number": "9" * 41, "code": "x"}, "number"),
        ({"number": "9904-1182-0367-5"}, "code"),
        ({"sha256": "zz"}, "sha256"),
        ({"sha256": "00"}, "sha256"),
        ({"sha256": None}, "sha256"),
        ([], ""),
    ],
)
def test_a_faulty_body_names_its_field(stranger, db, value, field):
    answer = problem(post(stranger, CHECKS, value), 422)

    assert (answer["code"], answer["field"]) == ("request-body-faulty", field)
    assert refusals.BodyFaulty.code == "request-body-faulty"


@pytest.mark.parametrize("body", [b"{", b"\xff", b"[" * 60_000])
def test_what_is_no_json_is_refused(stranger, db, body):
    answer = problem(stranger.post(CHECKS, body, content_type="application/json"), 422)

    assert answer["code"] == "request-body-faulty"


def test_a_body_of_another_type_is_refused(stranger, db):
    answer = problem(stranger.post(CHECKS, {"number": "x"}), 415)

    assert answer["code"] == refusals.MediaTypeNotKnown.code == "media-type-not-known"


@pytest.mark.parametrize(
    ("content", "status", "code"),
    [
        (b"GIF89a", 422, "document-file-not-pdf"),
        (b"%PDF-" + b"0" * documents.MAX_FILE_BYTES, 413, "document-file-too-large"),
    ],
    ids=["no-pdf", "too-large"],
)
def test_a_file_that_cannot_be_checked_is_refused(stranger, db, content, status, code):
    assert problem(stranger.post(CHECKS, content, content_type="application/pdf"), status)["code"] == code


def test_a_mistyped_number_is_told_apart(stranger, db):
    answer = problem(post(stranger, CHECKS, {"number": "1", "code": "x"}), 422)

    assert answer["code"] == "document-number-not-valid"


def test_too_many_questions_say_how_long_to_wait(stranger, issued, numbers, monkeypatch):
    monkeypatch.setattr(caps, "MAX_TRIES", 0)

    response = post(stranger, CHECKS, by_code(numbers))

    assert problem(response, 429)["minutes"] == 10
    assert response.headers["Retry-After"] == "600"


def test_a_made_up_voucher_is_refused(stranger, db):
    answer = problem(post(stranger, RECEIPTS, {"voucher": "a.b:c"}), 422)

    assert answer["code"] == "document-result-out-of-date"


def test_an_unknown_receipt_is_not_found(stranger, db):
    assert problem(stranger.get(f"{RECEIPTS}/x"), 404)["code"] == "not-found"


def test_a_method_that_is_not_answered_is_a_problem_too(stranger, db):
    response = stranger.delete(CHECKS)

    assert problem(response, 405)["code"] == refusals.MethodNotKnown.code == "method-not-known"
    assert response.headers["Allow"] == "POST"


def test_an_address_of_programs_that_leads_nowhere_is_a_problem(stranger, db):
    assert problem(stranger.get("/api/v1/nothing"), 404)["code"] == "not-found"


def test_no_cookie_is_set_and_none_is_needed(issued, numbers):
    client = Client(enforce_csrf_checks=True)

    response = post(client, CHECKS, by_code(numbers))

    assert response.status_code == 200
    assert not response.cookies


def test_the_description_names_this_installation(stranger, db):
    described = stranger.get("/api/v1/openapi.json").json()

    assert described["openapi"] == "3.1.0"
    assert described["servers"] == [{"url": f"{made.PUBLIC_URL}/api/v1"}]


def test_the_codes_in_the_description_are_those_of_the_program():
    schemas = DESCRIBED["components"]["schemas"]
    reasons = schemas["RevocationReason"]["enum"]
    results = set(schemas["Statement"]["properties"]["result"]["enum"])

    assert reasons == sorted(reason.value for reason in documents.RevocationReason)
    assert results == (set(documents.Standing) | set(documents.Verdict)) - {documents.Verdict.GENUINE}
    assert schemas["Check"]["properties"]["checks"]["propertyNames"]["enum"] == list(documents.Check)


def test_a_body_that_is_far_too_long_is_not_read(stranger, db):
    answer = problem(stranger.post(CHECKS, b" " * 70_000, content_type="application/json"), 413)

    assert answer["code"] == "request-too-large"


def test_whoever_wants_another_type_of_answer_is_refused(stranger, db):
    response = stranger.post(CHECKS, b"{}", content_type="application/json", headers={"accept": "text/csv"})

    assert problem(response, 406)["code"] == refusals.NotAcceptable.code == "answer-type-not-acceptable"
