"""Tell the owner of a case what became of it, in their inbox: a part of other operations."""

import datetime as dt
from uuid import UUID

from panjereh.domain.casework.models import Case
from panjereh.domain.casework.rules.texts import both
from panjereh.domain.catalogue import api as catalogue
from panjereh.domain.messaging import api as messaging


def tell(case: Case, template: str, *, message_id: UUID, at: dt.datetime, **more: str) -> None:
    """Post a message about a case that the caller holds; `more` are parameters beyond service and code."""
    pack = catalogue.pack(case.service_id, case.pack_version)
    messaging.post_message(
        message_id,
        subject_id=case.subject_id,
        template=template,
        parameters={**both("service", pack.title), "tracking_code": case.tracking_code, **more},
        reference=case.id,
        at=at,
    )
