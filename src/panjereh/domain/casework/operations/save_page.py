"""Save one page of a form: each page is kept the moment it is sent."""

import datetime as dt
import json
from collections.abc import Mapping
from uuid import UUID

from django.db import transaction

from panjereh.domain.casework import access
from panjereh.domain.casework.operations import act
from panjereh.domain.casework.queries import answers_of
from panjereh.domain.casework.rules.answers import answers_to, asked_pages, check_answers
from panjereh.domain.casework.rules.states import CaseEvent
from panjereh.domain.catalogue import api as catalogue
from panjereh.domain.disclosure import api as disclosure
from panjereh.plumbing import sealing
from panjereh_kernel.actor import Actor
from panjereh_kernel.identifiers import Installation
from panjereh_kernel.refusal import NotFound


@transaction.atomic(durable=True)
def save_page(
    case_id: UUID,
    *,
    page_id: str,
    typed: Mapping[str, str],
    installation: Installation,
    act_id: UUID,
    actor: Actor,
    at: dt.datetime,
) -> None:
    """Keep the answers of one page. Facts fetched for other answers are set aside.

    Answers to pages that are no longer asked because of it are dropped. `installation` says which postal
    codes are taken: those of the practice country, or the real ones.

    Raises `NotFound`, also for a page that the answers so far do not lead to, `AnswersInvalid` with every
    fault, `CaseStepImpossible` once the case is submitted.
    """
    case = access.lock_own_case(case_id, actor=actor)
    pack = catalogue.pack(case.service_id, case.pack_version)
    page = page_of(pack, page_id)
    before = answers_of(case)
    if page not in asked_pages(pack.pages, before, is_shown=catalogue.is_shown):
        raise NotFound
    after = before | check_answers(page.fields, typed, is_shown=catalogue.is_shown, installation=installation)
    after = answers_to(asked_pages(pack.pages, after, is_shown=catalogue.is_shown), after)
    act.move(case, CaseEvent.ANSWER, act_id=act_id, actor=actor, at=at)
    if after != before:
        disclosure.discard_facts(case.id)
    case.sealed_answers = sealing.seal(case.subject_id, "case.answers", json.dumps(after, ensure_ascii=False))
    case.saved_at = at
    case.save(update_fields=["state", "sealed_answers", "saved_at"])


def page_of(pack: catalogue.Pack, page_id: str) -> catalogue.Page:
    """Return the form page of that id. Raises `NotFound`."""
    for page in pack.pages:
        if page.id == page_id:
            return page
    raise NotFound
