"""Jobs that failed for good: seen by operators alone, run again or put aside once, with their act."""

import threading

import pytest
from django.db import connections
from procrastinate.jobs import Job

from panjereh.commands.management.commands import worker
from panjereh.domain.audit.models import Leaf
from panjereh.domain.upkeep import api as upkeep
from panjereh_kernel.actor import Actor, OfficerRole
from panjereh_kernel.refusal import NotFound
from tests.platform.people import officers
from tests.platform.people.desk import fresh_id
from tests.platform.people.officers import AT, OPERATING
from tests.platform.people.operators import at_work, make_operator
from tests.platform.upkeep.queue import make_failed_job, make_job, set_status, status_of

NOT_NEEDED = upkeep.PutAsideReason.NOT_NEEDED


@pytest.fixture
def operator() -> Actor:
    return at_work(make_operator())


def fail_for_good(job_id: int, error: Exception) -> None:
    """Have the worker take note of what a job raised that it gives up."""
    worker.note_failure(Job(id=job_id, queue="default", lock=None, queueing_lock=None, task_name="x"), error)


def test_the_latest_failed_job_comes_first_and_a_page_goes_on_where_the_last_ended(operator):
    made = [make_failed_job() for _ in range(3)]
    make_job()

    page = upkeep.failed_jobs(actor=operator, at=AT, limit=2)
    rest = upkeep.failed_jobs(actor=operator, at=AT, limit=2, before=page[-1].id)

    assert [job.id for job in (*page, *rest)] == made[::-1]


def test_a_job_tells_its_name_ids_attempts_and_when(operator):
    case_id = fresh_id()
    job_id = make_failed_job("casework.decide", case_id=case_id)

    job = upkeep.failed_job(job_id, actor=operator, at=AT)

    assert (job.name, job.arguments, job.attempts) == ("casework.decide", {"case_id": str(case_id)}, 1)
    assert job.asked_at is not None
    assert job.failed_at is not None


def test_what_is_neither_an_id_nor_a_code_is_not_shown(operator):
    job_id = make_failed_job("any.job", a="مینا", b="9990000018", c="+989800000001", d=7, e="a-code")

    job = upkeep.failed_job(job_id, actor=operator, at=AT)

    assert job.arguments == {"a": "", "b": "", "c": "", "d": "7", "e": "a-code"}


def test_of_an_error_its_kind_is_kept_and_never_its_text(operator):
    job_id = make_failed_job()

    fail_for_good(job_id, RuntimeError("مینا 9990000018"))

    assert upkeep.failed_job(job_id, actor=operator, at=AT).error == "builtins.RuntimeError"


def test_of_a_refusal_its_code_is_kept(operator):
    job_id = make_failed_job()

    fail_for_good(job_id, NotFound())

    assert upkeep.failed_job(job_id, actor=operator, at=AT).error == "not-found"


def test_a_job_that_is_run_again_waits_and_leaves_its_act(operator):
    job_id = make_failed_job()

    upkeep.retry_job(job_id, actor=operator, at=AT)

    leaf = Leaf.objects.get(event="upkeep.job.retried")
    assert status_of(job_id) == "todo"
    assert (leaf.subject, leaf.subject_id, leaf.facts) == (
        str(job_id),
        operator.subject_id,
        {"officer_agency": OPERATING, "job": "casework.decide"},
    )
    assert upkeep.failed_jobs(actor=operator, at=AT, limit=9) == []


def test_a_job_that_fails_once_more_is_on_the_list_again(operator):
    job_id = make_failed_job()
    attempts = upkeep.failed_job(job_id, actor=operator, at=AT).attempts
    upkeep.retry_job(job_id, actor=operator, at=AT)
    set_status(job_id, "doing")
    set_status(job_id, "failed")

    listed = upkeep.failed_jobs(actor=operator, at=AT, limit=9)
    assert [(job.id, job.attempts) for job in listed] == [(job_id, attempts + 1)]


def test_a_job_put_aside_says_why_and_leaves_its_act(operator):
    job_id = make_failed_job()

    upkeep.put_aside_job(job_id, reason=NOT_NEEDED, actor=operator, at=AT)

    job = upkeep.failed_job(job_id, actor=operator, at=AT)
    assert (job.state, job.put_aside_reason) == (upkeep.JobState.PUT_ASIDE, "not-needed")
    assert Leaf.objects.get(event="upkeep.job.put_aside").facts["reason"] == "not-needed"
    assert upkeep.count_failed_jobs(actor=operator, at=AT, most=9) == 0


@pytest.mark.parametrize("status", ["todo", "doing", "cancelled"])
def test_what_runs_again_meanwhile_or_was_put_aside_is_left_alone(operator, status):
    job_id = make_failed_job()
    set_status(job_id, status)

    with pytest.raises(upkeep.JobStepImpossible):
        upkeep.retry_job(job_id, actor=operator, at=AT)
    with pytest.raises(upkeep.JobStepImpossible):
        upkeep.put_aside_job(job_id, reason=NOT_NEEDED, actor=operator, at=AT)

    assert (status_of(job_id), Leaf.objects.filter(event__startswith="upkeep.").count()) == (status, 0)


def test_work_that_another_job_waits_to_do_is_not_put_back(operator):
    job_id = make_failed_job(key="one-case")
    make_job(key="one-case")

    with pytest.raises(upkeep.JobWaitsAlready):
        upkeep.retry_job(job_id, actor=operator, at=AT)

    assert status_of(job_id) == "failed"


def test_a_job_that_was_done_is_absent(operator):
    with pytest.raises(NotFound):
        upkeep.retry_job(4_000_000_000, actor=operator, at=AT)


def test_nobody_but_an_operator_sees_or_does_anything():
    job_id = make_failed_job()
    grantor = officers.make_grantors()[0]
    pretending = grantor.at_the_desk(OPERATING, OfficerRole.OPERATOR)

    for actor in (grantor.at_the_desk(), pretending, Actor.system("upkeep")):
        with pytest.raises(NotFound):
            upkeep.failed_jobs(actor=actor, at=AT, limit=9)
        with pytest.raises(NotFound):
            upkeep.retry_job(job_id, actor=actor, at=AT)
        with pytest.raises(NotFound):
            upkeep.put_aside_job(job_id, reason=NOT_NEEDED, actor=actor, at=AT)


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_of_two_operators_at_once_one_does_it(operator):
    job_id, answers = make_failed_job(), []
    together = threading.Barrier(2)

    def press() -> None:
        together.wait()
        try:
            upkeep.retry_job(job_id, actor=operator, at=AT)
            answers.append("done")
        except upkeep.JobStepImpossible:
            answers.append("refused")
        finally:
            connections.close_all()

    both = [threading.Thread(target=press) for _ in range(2)]
    for each in both:
        each.start()
    for each in both:
        each.join()

    assert sorted(answers) == ["done", "refused"]
