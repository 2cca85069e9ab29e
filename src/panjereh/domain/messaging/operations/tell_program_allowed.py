"""Tell a person that a program was allowed something in their name."""

import datetime as dt
from uuid import UUID, uuid5

from django.db import transaction

from panjereh.domain.messaging.operations.post_message import PURPOSE, post_message
from panjereh.domain.messaging.rules.templates import Template
from panjereh.domain.people import api as people
from panjereh_kernel import jalali
from panjereh_kernel.actor import Actor


@transaction.atomic(durable=True)
def tell_program_allowed(consent_id: UUID, *, at: dt.datetime) -> None:
    """Post one message about a consent. Repeating it changes nothing; nobody writes to the erased."""
    given = people.consent(consent_id, actor=Actor.system(PURPOSE), at=at)
    if people.account_of_subject(given.subject_id) is None:
        return
    post_message(
        uuid5(consent_id, "program-allowed"),
        subject_id=given.subject_id,
        template=Template.PROGRAM_ALLOWED,
        parameters={
            **{f"program_{language}": name for language, name in given.name.items()},
            **{
                f"until_{each.value}": jalali.format_long(given.last_day, language=each)
                for each in jalali.Language
            },
        },
        reference=consent_id,
        at=at,
    )
