"""The door of the room: ask another agency, and see what was asked."""

from panjereh.domain.exchange.operations.ask import (
    Answer,
    QuestionFaulty,
    RegisterRefused,
    RegisterUnavailable,
    ask,
)
from panjereh.domain.exchange.queries import (
    ReceiptView,
    data_set,
    data_sets,
    legal_basis_title,
    purpose_title,
    receipt_evidence,
    receipts_of,
    verify_receipt,
)
from panjereh.domain.exchange.rules.data_sets import DataSet, DataSetUnknown, Title
from panjereh.domain.exchange.rules.outcomes import Outcome

__all__ = [
    "Answer",
    "DataSet",
    "DataSetUnknown",
    "Outcome",
    "QuestionFaulty",
    "ReceiptView",
    "RegisterRefused",
    "RegisterUnavailable",
    "Title",
    "ask",
    "data_set",
    "data_sets",
    "legal_basis_title",
    "purpose_title",
    "receipt_evidence",
    "receipts_of",
    "verify_receipt",
]
