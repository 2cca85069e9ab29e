"""The door of the room `documents`: signed electronic documents, and the public check of them.

`request_document` is a step inside the caller's transaction. `issue_document` and `issue_receipt` render and
sign, which is I/O: only jobs call them. `revoke_document` and `request_receipt` own a durable transaction.
Everything else reads.

A signed data message has the weight of writing (law: electronic-commerce-act-1382#6,
electronic-commerce-act-1382#7), and every later change of it must show
(law: electronic-commerce-act-1382#10).
"""

from panjereh.domain.documents.caps import MAX_TRIES, WINDOW, TooManyChecks
from panjereh.domain.documents.events import DocumentFailed, DocumentIssued
from panjereh.domain.documents.forms import TemplateRef
from panjereh.domain.documents.operations.check_document import (
    MAX_FILE_BYTES,
    FileReport,
    FileTooLarge,
    check_by_code,
    check_by_digest,
    check_file,
)
from panjereh.domain.documents.operations.give_up_document import give_up_document
from panjereh.domain.documents.operations.issue_document import Press, issue_document
from panjereh.domain.documents.operations.issue_receipt import forget_receipt_files, issue_receipt
from panjereh.domain.documents.operations.remake_documents import remake_documents
from panjereh.domain.documents.operations.report_refusal import (
    DocumentNotValid,
    TooManyReports,
    report_refusal,
)
from panjereh.domain.documents.operations.request_document import request_document
from panjereh.domain.documents.operations.request_receipt import request_receipt
from panjereh.domain.documents.operations.revoke_document import CannotRevoke, revoke_document
from panjereh.domain.documents.queries import (
    CheckedDocument,
    CheckedReceipt,
    DocumentFile,
    DocumentNotReady,
    DocumentView,
    ReceiptView,
    ReportView,
    document_file,
    document_id_of,
    document_of,
    document_of_case,
    documents_of,
    receipt,
    receipt_file,
    reports_of,
)
from panjereh.domain.documents.rendering.renderer import (
    Limits,
    Renderer,
    RenderServerDied,
    SandboxMissing,
    TemplateFailed,
    TemplateTooLarge,
    TemplateTooSlow,
)
from panjereh.domain.documents.rules.numbers import ENTROPY_BYTES, SerialNotValid, read_serial
from panjereh.domain.documents.rules.statements import Statement, Way, instant
from panjereh.domain.documents.rules.states import DocumentState, RevocationReason, Standing
from panjereh.domain.documents.rules.turned_down import MOST_WORDS, OTHER_ORGANISATION, SaidReason
from panjereh.domain.documents.rules.verdicts import Check, Verdict
from panjereh.domain.documents.signing.apart import ChecksBusy
from panjereh.domain.documents.signing.inspection import FileEncrypted, NotPdf, SignatureFound
from panjereh.domain.documents.signing.seal import Certificate, DocumentKey, read_document_key, read_roots
from panjereh.domain.documents.signing.stamping import TimeStampAuthority, TimeStampMissing
from panjereh.domain.documents.statements import statement_of_document, statement_of_file
from panjereh.domain.documents.vouchers import StatementOutOfDate, read_voucher, write_voucher
from panjereh.domain.documents.words import reason_text, reason_texts

__all__ = [
    "ENTROPY_BYTES",
    "MAX_FILE_BYTES",
    "MAX_TRIES",
    "MOST_WORDS",
    "OTHER_ORGANISATION",
    "WINDOW",
    "CannotRevoke",
    "Certificate",
    "Check",
    "CheckedDocument",
    "CheckedReceipt",
    "ChecksBusy",
    "DocumentFailed",
    "DocumentFile",
    "DocumentIssued",
    "DocumentKey",
    "DocumentNotReady",
    "DocumentNotValid",
    "DocumentState",
    "DocumentView",
    "FileEncrypted",
    "FileReport",
    "FileTooLarge",
    "Limits",
    "NotPdf",
    "Press",
    "ReceiptView",
    "RenderServerDied",
    "Renderer",
    "ReportView",
    "RevocationReason",
    "SaidReason",
    "SandboxMissing",
    "SerialNotValid",
    "SignatureFound",
    "Standing",
    "Statement",
    "StatementOutOfDate",
    "TemplateFailed",
    "TemplateRef",
    "TemplateTooLarge",
    "TemplateTooSlow",
    "TimeStampAuthority",
    "TimeStampMissing",
    "TooManyChecks",
    "TooManyReports",
    "Verdict",
    "Way",
    "check_by_code",
    "check_by_digest",
    "check_file",
    "document_file",
    "document_id_of",
    "document_of",
    "document_of_case",
    "documents_of",
    "forget_receipt_files",
    "give_up_document",
    "instant",
    "issue_document",
    "issue_receipt",
    "read_document_key",
    "read_roots",
    "read_serial",
    "read_voucher",
    "reason_text",
    "reason_texts",
    "receipt",
    "receipt_file",
    "remake_documents",
    "report_refusal",
    "reports_of",
    "request_document",
    "request_receipt",
    "revoke_document",
    "statement_of_document",
    "statement_of_file",
    "write_voucher",
]
