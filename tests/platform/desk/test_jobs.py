"""The pages of failed jobs, as an operator uses them."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from panjereh.domain.upkeep import api as upkeep
from tests.platform.desk.browsers import browser_of
from tests.platform.desk.conftest import Agency
from tests.platform.people.officers import Somebody
from tests.platform.people.operators import make_operator
from tests.platform.upkeep.queue import make_failed_job, set_status, status_of


@pytest.fixture
def somebody(agency: Agency) -> Somebody:
    return make_operator()


@pytest.fixture
def operator(somebody: Somebody) -> Client:
    return browser_of(somebody)


def test_a_failed_job_is_found_looked_at_and_run_again(operator: Client):
    job_id = make_failed_job()
    upkeep.note_failure(job_id, error=RuntimeError("مینا"))
    overview, listed = (operator.get(path).content.decode() for path in ("/desk/", "/desk/jobs/"))
    page = operator.get(f"/desk/jobs/{job_id}/").content.decode()

    answer = operator.post(f"/desk/jobs/{job_id}/retry", follow=True).content.decode()

    assert "یک کار" in overview
    assert f'href="/desk/jobs/{job_id}/"' in listed
    assert "builtins.RuntimeError" in page
    assert "مینا" not in listed + page
    assert "به صف بازگشت" in answer
    assert status_of(job_id) == "todo"


def test_a_job_is_put_aside_with_a_reason_and_says_so(operator: Client):
    job_id = make_failed_job()
    path = f"/desk/jobs/{job_id}/put-aside"
    without = operator.post(path)

    page = operator.post(path, {"reason": "not-needed"}, follow=True).content.decode()

    assert without.status_code == 422
    assert "دیگر لازم نیست" in page
    assert "کار ناموفقی را کنار گذاشتید" in operator.get("/desk/acts/").content.decode()


def test_who_comes_second_is_told_what_happened(operator: Client):
    job_id = make_failed_job()
    set_status(job_id, "todo")

    answer = operator.post(f"/desk/jobs/{job_id}/retry")

    assert answer.status_code == 409
    assert "job-step-impossible" in answer.content.decode()
    assert "در انتظار اجرا" in operator.get(f"/desk/jobs/{job_id}/").content.decode()


def test_the_list_says_that_there_is_nothing_and_leads_to_the_older(operator: Client):
    empty = operator.get("/desk/jobs/").content.decode()
    jobs = [make_failed_job() for _ in range(21)]

    page = operator.get("/desk/jobs/").content.decode()
    rest = operator.get(f"/desk/jobs/?before={jobs[1]}").content.decode()

    assert "هیچ کاری ناموفق نمانده است" in empty
    assert f'href="?before={jobs[1]}"' in page
    assert (page.count('<tr role="row">'), rest.count('<tr role="row">')) == (20, 1)


def test_an_officer_without_the_role_finds_no_such_page(agency: Agency, somebody: Somebody):
    job_id = make_failed_job()

    for path in ("", f"{job_id}/", f"{job_id}/put-aside"):
        assert agency.asking.get(f"/desk/jobs/{path}").status_code == 404
    assert agency.asking.post(f"/desk/jobs/{job_id}/retry").status_code == 404


@pytest.mark.parametrize("path", ["?before=x", "?before=۹", f"?before={'9' * 5000}", f"{2**63}/", "7777777/"])
def test_a_number_no_job_has_leads_nowhere(operator: Client, path: str):
    assert operator.get(f"/desk/jobs/{path}").status_code == 404


def test_a_longer_list_of_jobs_asks_no_more_questions(operator: Client):
    def questions() -> int:
        with CaptureQueriesContext(connection) as asked:
            operator.get("/desk/jobs/")
        return len(asked)

    make_failed_job()
    operator.get("/desk/jobs/")
    few = questions()
    for _ in range(6):
        make_failed_job()

    assert questions() == few
