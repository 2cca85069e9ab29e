"""What an answer carries of its result, so that a receipt can be asked for without checking again.

Nothing is stored until somebody wants a receipt. The page or the program holds the statement under our
signature; it comes back unchanged within half an hour, or not at all.
"""

import datetime as dt
from typing import Final

from django.core import signing

from panjereh.domain.documents.rules.statements import Statement
from panjereh_kernel.refusal import Refusal

USEFUL: Final = dt.timedelta(minutes=30)
_SIGNER: Final = "panjereh.check-statement"


class StatementOutOfDate(Refusal):
    """The result is too old for a receipt, or is not one this installation has given."""

    code = "document-result-out-of-date"
    status = 422


def write_voucher(statement: Statement) -> str:
    """Return a statement as text that `read_voucher` takes back."""
    return signing.Signer(salt=_SIGNER).sign_object(statement.to_json(), compress=True)


def read_voucher(text: str, *, at: dt.datetime) -> Statement:
    """Return the statement in a text. Raises `StatementOutOfDate` for one too old, altered or made up."""
    try:
        statement = Statement.from_json(signing.Signer(salt=_SIGNER).unsign_object(text))
    except signing.BadSignature as refused:
        raise StatementOutOfDate from refused
    if at - dt.datetime.fromisoformat(statement.checked_at) > USEFUL:
        raise StatementOutOfDate
    return statement
