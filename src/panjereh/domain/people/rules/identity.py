"""Whether two registers confirm that this is the person they say, on their own phone."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

IAL_REGISTERS_AGREE = 1
ACR_CODE_BY_SMS = 1


@dataclass(frozen=True, slots=True)
class Findings:
    """What the registers answered about one identity, with the receipt of each answer.

    `person` is the member of the civil registry's answer, None when it knows nobody with this number and
    birth date.
    """

    person: Mapping[str, Any] | None
    person_as_of: dt.datetime
    person_receipt_id: UUID
    owns_mobile: bool
    mobile_as_of: dt.datetime
    mobile_receipt_id: UUID


def is_confirmed(findings: Findings) -> bool:
    """Both registers agree, and the person lives. Nobody learns which of them said no."""
    return findings.person is not None and findings.person["alive"] is True and findings.owns_mobile
