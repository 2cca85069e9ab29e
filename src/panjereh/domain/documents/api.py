"""The door of the room `documents`: signed electronic documents, and the public check of them.

`request_document` is a step inside the caller's transaction. `issue_document` renders and signs, which is
I/O: only jobs call it. Everything else reads.

The Electronic Commerce Act (1382) gives a signed data message the weight of writing (articles 6 and 7) and
asks that every later change can be seen (article 10).
"""

from panjereh.domain.documents.caps import TooManyChecks
from panjereh.domain.documents.events import DocumentFailed, DocumentIssued
from panjereh.domain.documents.forms import TemplateRef
from panjereh.domain.documents.operations.check_document import (
    MAX_FILE_BYTES,
    FileReport,
    FileTooLarge,
    check_by_code,
    check_file,
)
from panjereh.domain.documents.operations.issue_document import Press, issue_document
from panjereh.domain.documents.operations.request_document import request_document
from panjereh.domain.documents.queries import (
    CheckedDocument,
    DocumentFile,
    DocumentNotReady,
    DocumentView,
    document_file,
    document_of,
    document_of_case,
    documents_of,
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
from panjereh.domain.documents.rules.states import DocumentState, Standing
from panjereh.domain.documents.signing.inspection import Check, NotPdf
from panjereh.domain.documents.signing.seal import Certificate, DocumentKey, read_document_key, read_roots

__all__ = [
    "ENTROPY_BYTES",
    "MAX_FILE_BYTES",
    "Certificate",
    "Check",
    "CheckedDocument",
    "DocumentFailed",
    "DocumentFile",
    "DocumentIssued",
    "DocumentKey",
    "DocumentNotReady",
    "DocumentState",
    "DocumentView",
    "FileReport",
    "FileTooLarge",
    "Limits",
    "NotPdf",
    "Press",
    "RenderServerDied",
    "Renderer",
    "SandboxMissing",
    "SerialNotValid",
    "Standing",
    "TemplateFailed",
    "TemplateRef",
    "TemplateTooLarge",
    "TemplateTooSlow",
    "TooManyChecks",
    "check_by_code",
    "check_file",
    "document_file",
    "document_of",
    "document_of_case",
    "documents_of",
    "issue_document",
    "read_document_key",
    "read_roots",
    "read_serial",
    "request_document",
]
