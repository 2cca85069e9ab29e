"""The life of a document: a table, nothing else moves it."""

import datetime as dt
from enum import StrEnum


class DocumentState(StrEnum):
    """Where a document stands. `REVOKED` is an end; `FAILED` is one until an operator has it made again."""

    REQUESTED = "requested"
    ISSUED = "issued"
    REVOKED = "revoked"
    FAILED = "failed"


# Those that were signed once, and so have a number, a file and its fingerprint for ever.
SIGNED_STATES = (DocumentState.ISSUED, DocumentState.REVOKED)


class RevocationReason(StrEnum):
    """Why an issuer takes back a document it has signed. A stranger who checks the document is told it."""

    ISSUED_IN_ERROR = "issued-in-error"
    FACTS_CHANGED = "facts-changed"
    REPLACED = "replaced"
    HOLDER_ASKED = "holder-asked"
    COURT_ORDER = "court-order"


class Standing(StrEnum):
    """What a document is worth today, as a stranger is told it."""

    VALID = "valid"
    EXPIRED = "expired"
    REVOKED = "revoked"


def standing(state: DocumentState, *, valid_until: dt.date | None, today: dt.date) -> Standing:
    """Return what a signed document is worth on `today` (a Tehran day). Its last day still counts."""
    if state is DocumentState.REVOKED:
        return Standing.REVOKED
    if is_past_its_term(valid_until, today=today):
        return Standing.EXPIRED
    return Standing.VALID


def is_past_its_term(valid_until: dt.date | None, *, today: dt.date) -> bool:
    """Whether the last good day of a document is over. None means that it has no end."""
    return valid_until is not None and today > valid_until
