"""How often one address may ask about documents: a check code has 39 bits, so nobody may try many."""

import datetime as dt

from django.db import transaction

from panjereh.domain.documents.models import CheckCap
from panjereh.plumbing import sealing
from panjereh_kernel.refusal import Refusal

# Enough for a bank branch behind one address; guessing one code at this pace takes more than 25,000 years.
MAX_TRIES = 200
WINDOW = dt.timedelta(minutes=10)


class TooManyChecks(Refusal):
    """This address asked too often; after `minutes` it may ask again."""

    code = "document-checks-too-many"
    status = 429

    def __init__(self, minutes: int) -> None:
        super().__init__(minutes)
        self.minutes = minutes


@transaction.atomic(durable=True)
def count_try(address: str, *, at: dt.datetime) -> None:
    """Count one question from a network address. Raises `TooManyChecks` beyond the cap.

    The count is committed before the question is answered, so stopping halfway does not win a try. Only an
    HMAC of the address is kept, and no longer than its window.
    """
    CheckCap.objects.filter(window_at__lt=at - WINDOW).delete()
    index = sealing.blind_index("documents.check_address", address)
    CheckCap.objects.bulk_create(
        [CheckCap(address_index=index, window_at=at, tries=0)], ignore_conflicts=True
    )
    cap = CheckCap.objects.select_for_update().get(address_index=index)
    if cap.tries >= MAX_TRIES:
        raise TooManyChecks(minutes=-(-(cap.window_at + WINDOW - at).seconds // 60) or 1)
    cap.tries += 1
    cap.save(update_fields=["tries"])
