"""Whatever was under way for a person comes to an end when they are erased, and no job is left that fails."""

from types import SimpleNamespace

import pytest
from django.db import connection

from panjereh.domain.casework import api as casework
from panjereh.domain.casework.models import Case, CaseAct
from panjereh.domain.documents import api as documents
from panjereh.domain.documents.models import Document
from panjereh.domain.messaging import api as messaging
from panjereh.domain.messaging.models import SmsMessage
from panjereh.domain.people import api as people
from panjereh.jobs import documents as document_jobs
from panjereh.plumbing.sealing import ContentErased
from panjereh_kernel.actor import Actor
from panjereh_kernel.refusal import NotFound
from tests.platform.casework.test_deciding import submitted
from tests.platform.casework.test_withdrawing import answered, gathering
from tests.platform.people.desk import fresh_id

PLATFORM = Actor.system("erasure")


def erase(window):
    past = people.PastOrder(window.actor.subject_id, people.ErasureReason.COURT_ORDER)
    people.erase_again(past, actor=PLATFORM, at=window.at)


def work_off(run_jobs):
    """Run all jobs as the worker does: one about what was erased a moment ago is tried again, and once."""
    again = []
    while True:
        try:
            run_jobs()
            break
        except (ContentErased, NotFound):
            again.append(set_first_aside())
    with connection.cursor() as cursor:
        cursor.execute("UPDATE procrastinate_jobs SET status = 'todo' WHERE id = ANY(%s)", [again])
    run_jobs()


def set_first_aside():
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE procrastinate_jobs SET status = 'doing' WHERE id ="
            " (SELECT min(id) FROM procrastinate_jobs WHERE status = 'todo') RETURNING id"
        )
        return cursor.fetchone()[0]


def granted(window, run_jobs):
    submitted(window, run_jobs)
    window.decide()


@pytest.fixture(autouse=True)
def press(monkeypatch):
    """A press that gets no further than what is to be printed."""
    made = SimpleNamespace(
        key=SimpleNamespace(holder="Post"), public_url="https://x.example", is_practice=True
    )
    monkeypatch.setattr(document_jobs, "press", lambda: made)


@pytest.mark.parametrize("prepare", [answered, gathering, submitted, granted])
def test_a_case_under_way_ends_and_its_jobs_do_too(window, registers, run_jobs, prepare):
    prepare(window, run_jobs)

    erase(window)
    work_off(run_jobs)

    case = Case.objects.get()
    assert case.state == "erased"
    assert case.finished_at is not None
    assert CaseAct.objects.filter(event="person-erased").count() == 1


def test_a_document_that_was_to_be_made_is_given_up_and_never_made_again(window, registers, run_jobs):
    granted(window, run_jobs)

    erase(window)
    work_off(run_jobs)

    assert [(row.state, row.failure) for row in Document.objects.order_by("id")] == [
        ("failed", "content-erased")
    ]
    assert documents.remake_documents(at=window.at) == 0


def test_what_was_decided_stays_as_it_was(window, registers, run_jobs):
    registers.residence = None
    submitted(window, run_jobs)
    window.decide()

    erase(window)
    work_off(run_jobs)

    assert Case.objects.get().state == "refused"


def test_ending_twice_changes_nothing_and_is_for_the_platform_alone(window, registers, run_jobs):
    answered(window, run_jobs)

    def end(actor):
        casework.end_cases_of_erased(window.actor.subject_id, new_id=fresh_id, actor=actor, at=window.at)

    with pytest.raises(NotFound):
        end(window.actor)
    end(PLATFORM)
    end(PLATFORM)

    assert CaseAct.objects.filter(event="person-erased").count() == 1


def test_a_text_message_to_the_phone_of_the_erased_is_not_sent_and_not_kept(window, run_jobs):
    message_id = fresh_id()
    messaging.post_message(
        message_id,
        subject_id=window.actor.subject_id,
        template="case-ready",
        parameters={"service_fa": "x", "service_en": "x", "tracking_code": "x"},
        reference=message_id,
        at=window.at,
    )

    messaging.drop_notices(window.actor.subject_id, at=window.at)

    row = SmsMessage.objects.get(id=message_id)
    assert (row.state, row.sealed_mobile, row.sealed_text) == ("failed", None, None)
