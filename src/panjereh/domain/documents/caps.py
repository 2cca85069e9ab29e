"""How often one address may ask about documents: a check code has 39 bits, so nobody may try many."""

import datetime as dt
from typing import Final

from panjereh.plumbing import limits
from panjereh.plumbing.policies import Policy, Scope
from panjereh_kernel.refusal import Refusal

# Enough for a bank branch behind one address; guessing one code at this pace takes more than 25,000 years.
MAX_TRIES: Final = 200
WINDOW: Final = dt.timedelta(minutes=10)
# From all addresses together, about one document: many machines guess no faster than one a second, and nobody
# who is shown a document is kept out by somebody else's few tries.
MAX_TRIES_OF_NUMBER: Final = 600


class TooManyChecks(Refusal):
    """This address asked too often, or this document was asked about too often; wait `minutes`."""

    code = "document-checks-too-many"
    status = 429

    def __init__(self, minutes: int) -> None:
        super().__init__(minutes)
        self.minutes = minutes


def count_try(address: str, *, at: dt.datetime, number: str | None = None) -> None:
    """Count one question from a network address, about the document of `number` if one is named.

    The count is committed before the question is answered. Raises `TooManyChecks` beyond a cap.
    """
    by_address = Policy("document-check", Scope.ADDRESS, MAX_TRIES, WINDOW)
    by_number = Policy("document-number", Scope.NUMBER, MAX_TRIES_OF_NUMBER, WINDOW)
    spendings = [(by_address, address), *([(by_number, number)] if number is not None else [])]
    try:
        limits.spend(spendings, at=at)
    except limits.TooManyRequests as refusal:
        raise TooManyChecks(refusal.minutes) from refusal
