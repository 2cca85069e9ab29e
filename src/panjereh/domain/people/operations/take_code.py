"""Hand a one-time code over to the one who sends it, once."""

import datetime as dt
from dataclasses import dataclass
from uuid import UUID

from django.db import transaction

from panjereh.domain.people import access
from panjereh.plumbing import sealing


@dataclass(frozen=True, slots=True, repr=False)
class CodeToSend:
    """A code on its way: the mobile in international form, and the six digits."""

    mobile: str
    code: str
    expires_at: dt.datetime


@transaction.atomic
def code_to_send(code_id: UUID, *, at: dt.datetime) -> CodeToSend | None:
    """Return a code and where to send it, and erase our copy with the caller's transaction.

    A step: if the caller's transaction is rolled back, the code can be taken again. None if there is nothing
    to send: taken before, void, expired, or a decoy.
    """
    row = access.lock_code(code_id)
    if row is None or row.sealed_code is None or row.sealed_mobile is None:
        return None
    owner = row.challenge_id
    taken = CodeToSend(
        mobile=sealing.unseal(owner, f"mobile:{code_id}", row.sealed_mobile),
        code=sealing.unseal(owner, f"code:{code_id}", row.sealed_code),
        expires_at=row.expires_at,
    )
    row.taken_at, row.sealed_code, row.sealed_mobile = at, None, None
    row.save(update_fields=["taken_at", "sealed_code", "sealed_mobile"])
    return None if row.is_decoy or at >= row.expires_at else taken
