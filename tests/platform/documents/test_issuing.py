"""From a request to a signed document, and every way it can go wrong in between."""

import hashlib
import io
import json

import pytest
from django.db import IntegrityError, transaction
from procrastinate.contrib.django.models import ProcrastinateJob
from pyhanko.pdf_utils.reader import PdfFileReader

from panjereh.domain.audit import api as audit
from panjereh.domain.audit.models import Leaf
from panjereh.domain.documents import api as documents
from panjereh.domain.documents.models import Document
from panjereh.domain.documents.operations import issue_document as issuing
from panjereh.domain.documents.rendering.renderer import Renderer
from panjereh.domain.documents.rules.records import canonical
from panjereh.plumbing import edge, sealing
from panjereh.plumbing.models import OutboxEvent
from panjereh_kernel.actor import Actor
from panjereh_kernel.refusal import NotFound
from tests.platform.casework.window import PACK_VERSION
from tests.platform.documents import press as made

pytestmark = pytest.mark.slow


def events() -> list[str]:
    return list(OutboxEvent.objects.order_by("id").values_list("name", flat=True))


def attachments(pdf: bytes) -> dict[str, bytes]:
    names = PdfFileReader(io.BytesIO(pdf)).root["/Names"]["/EmbeddedFiles"]["/Names"]
    files = {}
    for place in range(0, len(names), 2):
        specification = names[place + 1]
        assert specification["/AFRelationship"] == "/Data"
        files[str(names[place])] = specification["/EF"]["/F"].data
    return files


def test_a_request_is_a_row_and_a_job(requested):
    row = Document.objects.get(id=requested)

    assert row.state == "requested"
    assert row.title_fa == "گواهی نشانی"
    assert row.issuer_id == "post"
    job = ProcrastinateJob.objects.get(task_name="documents.issue")
    assert job.args == {"document_id": str(requested)}


def test_what_is_kept_of_a_request_is_sealed_and_masked(requested):
    row = Document.objects.get(id=requested)

    data = sealing.unseal(row.subject_id, "documents.data", row.sealed_data)
    assert json.loads(data)["holder"]["national_number"] == "999•••••18"
    assert "مینا".encode() not in bytes(row.sealed_data)


def test_asking_twice_for_one_case_makes_one_document(requested, holder):
    case_id = Document.objects.get(id=requested).case_id

    documents.request_document(
        edge.new_id(),
        case_id=case_id,
        subject_id=holder.subject_id,
        template=documents.TemplateRef(made.SERVICE, PACK_VERSION, made.OUTPUT),
        data=made.DATA,
        valid_until=None,
        actor=Actor.system("case-decision"),
        at=made.AT,
    )

    assert [row.id for row in Document.objects.order_by("id")] == [requested]


def test_an_issued_document_is_signed_numbered_told_and_recorded(issued, holder):
    row = Document.objects.get(id=issued)
    pdf = documents.document_file(issued, actor=holder, at=made.AT).content

    assert row.state == "issued"
    assert bytes(row.pdf_sha256) == hashlib.sha256(pdf).digest()
    assert documents.read_serial(row.serial) == row.serial
    assert b"ETSI.CAdES.detached" in pdf
    assert events() == ["documents.issued"]
    payload = OutboxEvent.objects.get().payload
    assert payload == {"document_id": str(issued), "case_id": str(row.case_id)}
    recorded = list(Leaf.objects.filter(event__startswith="documents.").values_list("event", flat=True))
    assert sorted(recorded) == ["documents.document.issued", "documents.document.requested"]


def test_the_data_of_record_travel_in_the_file(issued, holder):
    pdf = documents.document_file(issued, actor=holder, at=made.AT).content
    row = Document.objects.get(id=issued)

    record = attachments(pdf)["record.json"].decode()

    assert record == canonical(json.loads(record))
    said = json.loads(record)
    assert said["document"] == {
        "serial": row.serial,
        "title": "گواهی نشانی",
        "issuer": {"id": "post", "name": said["document"]["issuer"]["name"]},
        "signer": "Practice issuer",
        "issued_at": "2026-11-22T06:11:17Z",
        "issued_on": "2026-11-22",
        "valid_until": "2027-11-22",
        "practice": True,
    }
    assert said["place"] == made.DATA["place"]


def test_neither_the_file_nor_the_database_carries_the_national_number(issued, holder):
    pdf = documents.document_file(issued, actor=holder, at=made.AT).content
    row = Document.objects.get(id=issued)

    number = made.DATA["holder"]["national_number"]
    assert number.encode() not in pdf + attachments(pdf)["record.json"]
    stored = b"".join(bytes(value) for value in vars(row).values() if isinstance(value, (bytes, memoryview)))
    assert number.encode() not in stored


def test_issuing_twice_changes_nothing(issued, issue, holder):
    before = documents.document_file(issued, actor=holder, at=made.AT).content

    issue(issued, entropy=b"another draw" * 2)

    assert documents.document_file(issued, actor=holder, at=made.AT).content == before
    assert events() == ["documents.issued"]


class Killed(BaseException):
    """What a process killed here would look like to the caller: nothing after it ran."""


@pytest.mark.parametrize("step", ["sign_document", "_store"], ids=["after-rendering", "after-signing"])
def test_a_worker_killed_before_the_commit_leaves_a_request_that_the_next_one_finishes(
    requested, issue, holder, monkeypatch, step
):
    def die(*_arguments, **_keywords):
        raise Killed

    with monkeypatch.context() as patch:
        patch.setattr(issuing, step, die)
        with pytest.raises(Killed):
            issue(requested)
    assert Document.objects.get(id=requested).state == "requested"
    assert events() == []

    issue(requested, entropy=b"another draw" * 2)

    assert documents.document_file(requested, actor=holder, at=made.AT).content.startswith(b"%PDF-")
    assert events() == ["documents.issued"]


def test_of_two_workers_with_the_same_job_the_slower_one_drops_its_copy(
    requested, issue, holder, monkeypatch
):
    original = issuing.sign_document

    def sign_late(pdf, **keywords):
        with monkeypatch.context() as patch:
            patch.setattr(issuing, "sign_document", original)
            issue(requested, entropy=b"another draw" * 2)
        return original(pdf, **keywords)

    with monkeypatch.context() as patch:
        patch.setattr(issuing, "sign_document", sign_late)
        issue(requested)

    assert events() == ["documents.issued"]
    faster, _ = issuing.draw_numbers(b"another draw" * 2)
    assert Document.objects.get(id=requested).serial == faster


def test_a_slow_child_leaves_the_request_for_another_try(requested, press, issue, authority):
    hurried = Renderer(fonts=made.FONTS, limits=documents.Limits(seconds=0.0))
    slow = documents.Press(
        renderer=hurried, key=authority.document_key(), public_url=made.PUBLIC_URL, is_practice=True
    )

    with pytest.raises(documents.TemplateTooSlow):
        documents.issue_document(requested, press=slow, entropy=b"e" * 24, at=made.AT)
    assert Document.objects.get(id=requested).state == "requested"

    issue(requested)

    assert Document.objects.get(id=requested).state == "issued"
    hurried.close()


def test_a_template_that_cannot_make_the_document_ends_it(catalogue_installed, holder, issue):
    document_id = edge.new_id()
    documents.request_document(
        document_id,
        case_id=edge.new_id(),
        subject_id=holder.subject_id,
        template=documents.TemplateRef(made.SERVICE, PACK_VERSION, made.OUTPUT),
        data={**made.DATA, "residence": {"since": "2021-04-01", "bond": "unheard-of"}},
        valid_until=None,
        actor=Actor.system("case-decision"),
        at=made.AT,
    )

    issue(document_id)
    issue(document_id)

    view = documents.document_of(document_id, actor=holder, at=made.AT)
    assert (view.state, view.standing) == (documents.DocumentState.FAILED, None)
    assert Document.objects.get(id=document_id).failure == "document-template-failed"
    assert events() == ["documents.failed"]


def test_a_failure_of_one_worker_does_not_undo_the_other_ones_success(issued, press):
    issuing._fail(issued, documents.TemplateTooLarge(), at=made.AT)

    assert Document.objects.get(id=issued).state == "issued"
    assert events() == ["documents.issued"]


def test_another_persons_document_is_absent(issued, holder):
    other = Actor(role=holder.role, channel=holder.channel, purpose="own-affairs", subject_id=edge.new_id())

    for read in (documents.document_of, documents.document_file):
        with pytest.raises(NotFound):
            read(issued, actor=other, at=made.AT)
    assert documents.documents_of(other, at=made.AT) == []
    assert documents.documents_of(Actor.anonymous("curious"), at=made.AT) == []


def test_an_unknown_document_is_absent_for_readers_and_workers(db, holder, issue):
    with pytest.raises(NotFound):
        documents.document_of(edge.new_id(), actor=holder, at=made.AT)
    with pytest.raises(NotFound):
        issue(edge.new_id())
    with pytest.raises(NotFound):
        issuing._store(edge.new_id(), b"", serial="", code="", at=made.AT)


def test_a_document_not_yet_made_has_no_file(requested, holder):
    with pytest.raises(documents.DocumentNotReady) as refused:
        documents.document_file(requested, actor=holder, at=made.AT)

    assert refused.value.code == "document-not-ready"


@pytest.mark.django_db(transaction=True, databases=["default", "trace"])
def test_the_holder_reads_without_a_trace_and_the_platform_with_one(issued, holder):
    documents.document_file(issued, actor=holder, at=made.AT)
    assert audit.accesses_of(holder.subject_id, limit=10) == []

    documents.document_file(issued, actor=Actor.system("desk-print"), at=made.AT)

    assert [access.what for access in audit.accesses_of(holder.subject_id, limit=10)] == ["documents.file"]


def test_the_database_refuses_a_signed_document_without_its_file(issued):
    with pytest.raises(IntegrityError, match="signed_iff_numbered_and_filed"), transaction.atomic():
        Document.objects.filter(id=issued).update(sealed_pdf=None)


def test_the_database_refuses_a_revocation_without_its_time(issued):
    with pytest.raises(IntegrityError, match="revoked_at_iff_revoked"), transaction.atomic():
        Document.objects.filter(id=issued).update(state="revoked", revocation_reason="replaced")


def test_a_key_of_another_certificate_is_refused(authority):
    with pytest.raises(ValueError, match="does not belong"):
        documents.read_document_key(
            key_pem=made.Authority("Stranger").key_pem,
            certificate_pem=authority.certificate_pem,
            chain_pem=authority.chain_pem,
        )
