"""The rows of `web/desk/jobs`."""

from tests.platform.access.lines import SIGN_IN, Line, Things

LINES = (
    # the desk: no session of the window opens it; who may what there is in ../desk
    Line("desk:jobs", "GET", "", SIGN_IN, SIGN_IN, SIGN_IN),
    Line("desk:job", "GET", "job", SIGN_IN, SIGN_IN, SIGN_IN),
    Line("desk:retry_job", "POST", "job", SIGN_IN, SIGN_IN, SIGN_IN),
    Line("desk:put_aside_job", "GET", "job", SIGN_IN, SIGN_IN, SIGN_IN),
    Line("desk:put_aside_job", "POST", "job", SIGN_IN, SIGN_IN, SIGN_IN),
)
THINGS: Things = {
    "job": lambda _: {"job_id": 1},
}
NOT_RENDERED = dict.fromkeys(
    (
        "desk_jobs/job.html",
        "desk_jobs/list.html",
        "desk_jobs/put_aside.html",
    ),
    "tests/platform/desk",
)
