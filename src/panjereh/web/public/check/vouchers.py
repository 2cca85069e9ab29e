"""What a result page carries of its result, so that a receipt can be asked for without checking again.

Nothing is stored until somebody wants a receipt. The page holds the statement under our signature; it comes
back unchanged within half an hour, or not at all.
"""

import datetime as dt
from typing import Final

from django.core import signing

from panjereh.domain.documents import api as documents
from panjereh_kernel.refusal import Refusal

USEFUL: Final = dt.timedelta(minutes=30)
_SALT: Final = "panjereh.check-statement"


class StatementOutOfDate(Refusal):
    """The result is too old for a receipt, or is not one this site has shown."""

    code = "document-result-out-of-date"
    status = 422


def write(statement: documents.Statement) -> str:
    """Return a statement as text that `read` takes back."""
    return signing.dumps(statement.to_json(), salt=_SALT, compress=True)


def read(text: str) -> documents.Statement:
    """Return the statement in a text. Raises `StatementOutOfDate` for one too old, altered or made up."""
    try:
        return documents.Statement.from_json(signing.loads(text, salt=_SALT, max_age=USEFUL))
    except signing.BadSignature as refused:
        raise StatementOutOfDate from refused
