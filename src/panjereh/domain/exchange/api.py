"""The door of the room: ask another agency, and see what was asked."""

from panjereh.domain.exchange.operations.ask import (
    Answer,
    QuestionFaulty,
    RegisterRefused,
    RegisterUnavailable,
    ask,
)
from panjereh.domain.exchange.operations.forget_questions import forget_questions
from panjereh.domain.exchange.proving import Check, ReceiptProof, prove_receipt
from panjereh.domain.exchange.queries import (
    ReceiptsSummary,
    ReceiptView,
    count_receipts,
    data_set,
    data_sets,
    evidence_of,
    legal_basis_title,
    purpose_title,
    receipt_evidence,
    receipt_of,
    receipts_of,
    verify_receipt,
)
from panjereh.domain.exchange.rules.data_sets import DataSet, DataSetUnknown, Title
from panjereh.domain.exchange.rules.outcomes import Outcome

__all__ = [
    "Answer",
    "Check",
    "DataSet",
    "DataSetUnknown",
    "Outcome",
    "QuestionFaulty",
    "ReceiptProof",
    "ReceiptView",
    "ReceiptsSummary",
    "RegisterRefused",
    "RegisterUnavailable",
    "Title",
    "ask",
    "count_receipts",
    "data_set",
    "data_sets",
    "evidence_of",
    "forget_questions",
    "legal_basis_title",
    "prove_receipt",
    "purpose_title",
    "receipt_evidence",
    "receipt_of",
    "receipts_of",
    "verify_receipt",
]
