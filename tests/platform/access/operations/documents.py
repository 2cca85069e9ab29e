"""The rows of `documents` in the table of doors."""

from panjereh.domain.documents import api as documents
from panjereh_kernel.actor import Actor
from tests.platform.access.answers import ABSENT, DONE, EMPTY, Operation
from tests.platform.access.country import AT, DATA, SERVICE, Country
from tests.platform.casework.window import PACK_VERSION
from tests.platform.people.desk import fresh_id


def request_document(of: Country, who: Actor) -> None:
    documents.request_document(
        fresh_id(),
        case_id=fresh_id(),
        subject_id=of.mina.subject_id,
        template=documents.TemplateRef(SERVICE, PACK_VERSION, "address-certificate"),
        data=DATA,
        valid_until=None,
        actor=who,
        at=AT,
    )


def report_refusal(of: Country, who: Actor) -> None:
    documents.report_refusal(
        fresh_id(),
        document_id=of.mina.document_id,
        agency_id="post",
        office="",
        reason=documents.SaidReason.NO_REASON,
        words="",
        tracking_code="0000-0000-9998",
        actor=who,
        at=AT,
    )


def request_receipt(_of: Country, who: Actor) -> None:
    statement = documents.Statement("r", documents.instant(AT), documents.Way.FILE, "foreign", "00" * 32)
    documents.request_receipt(fresh_id(), statement=statement, actor=who, address="192.0.2.1", at=AT)


ACTING = (
    # of the person alone: not even the platform acts in their place
    Operation(
        "documents.documents_of",
        lambda _, who: documents.documents_of(who, at=AT),
        EMPTY, DONE, DONE, EMPTY,
    ),
    Operation("documents.report_refusal", report_refusal, ABSENT, DONE, ABSENT, ABSENT),
    Operation(
        "documents.reports_of",
        lambda of, who: documents.reports_of(of.mina.document_id, actor=who),
        ABSENT, EMPTY, ABSENT, ABSENT,
    ),
    Operation(
        "documents.document_of_case",
        lambda of, who: documents.document_of_case(of.mina.cases["issued"], actor=who, at=AT) or [],
        EMPTY, DONE, EMPTY, EMPTY,
    ),
    # of the platform alone: no person decides, not even about their own case
    Operation(
        "documents.revoke_document",
        lambda of, who: documents.revoke_document(
            of.mina.document_id,
            reason=documents.RevocationReason.REPLACED, message_id=fresh_id(), actor=who, at=AT,
        ),
        ABSENT, ABSENT, ABSENT, DONE,
    ),
    Operation(
        "documents.document_id_of",
        lambda of, who: documents.document_id_of(of.mina.serial, actor=who),
        ABSENT, ABSENT, ABSENT, DONE,
    ),
    # of the person, and of the platform, which leaves a trace
    Operation(
        "documents.document_of",
        lambda of, who: documents.document_of(of.mina.document_id, actor=who, at=AT),
        ABSENT, DONE, ABSENT, DONE,
    ),
    Operation(
        "documents.document_file",
        lambda of, who: documents.document_file(of.mina.document_id, actor=who, at=AT),
        ABSENT, DONE, ABSENT, DONE,
    ),
    # of whoever has the code or the file; the actor is written into the trace
    Operation(
        "documents.check_by_code",
        lambda of, who: documents.check_by_code(
            of.mina.serial, "WRONG", actor=who, address="192.0.2.1", at=AT
        ),
        EMPTY, EMPTY, EMPTY, EMPTY,
    ),
    Operation(
        "documents.check_file",
        lambda of, who: documents.check_file(
            documents.document_file(of.mina.document_id, actor=of.mina.actor, at=AT).content,
            roots=(), actor=who, address="192.0.2.1", at=AT,
        ),
        DONE, DONE, DONE, DONE,
    ),
    Operation(
        "documents.check_by_digest",
        lambda _, who: documents.check_by_digest(b"x" * 32, actor=who, address="192.0.2.1", at=AT),
        EMPTY, EMPTY, EMPTY, EMPTY,
    ),
    Operation("documents.request_receipt", request_receipt, DONE, DONE, DONE, DONE),
    # steps and jobs: the caller holds the right already, the actor is written into the record
    Operation(
        "documents.request_document", request_document, DONE, DONE, DONE, DONE
    ),
)  # fmt: skip
PURE = {
    "documents.instant", "documents.read_document_key", "documents.read_roots", "documents.read_serial",
    "documents.read_voucher", "documents.reason_text", "documents.reason_texts",
    "documents.statement_of_document", "documents.statement_of_file", "documents.write_voucher",
}  # fmt: skip
CALLERS_RIGHT = {"documents.give_up_document"}
BY_REFERENCE = {"documents.receipt", "documents.receipt_file"}
WORK = {
    "documents.forget_receipt_files", "documents.issue_document", "documents.issue_receipt",
    "documents.remake_documents",
}  # fmt: skip
