"""Look at jobs that failed for good, run one again, put one aside."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from panjereh.domain.upkeep import api as upkeep
from panjereh.plumbing import edge
from panjereh.web.desk.entry.officer import Officer
from panjereh.web.desk.entry.pages import desk_page, show
from panjereh.web.desk.jobs import shown
from panjereh_kernel.actor import OfficerRole
from panjereh_kernel.refusal import NotFound

PAGE = 20
PURPOSE = "jobs-upkeep"
OPERATOR = OfficerRole.OPERATOR
# The queue numbers its jobs in eight bytes.
HIGHEST = 2**63 - 1


@require_safe
@desk_page(OPERATOR)
def jobs(request: HttpRequest, who: Officer) -> HttpResponse:
    """Show jobs that failed for good, the latest first, a page at a time."""
    before = _number(request.GET.get("before", ""))
    found = upkeep.failed_jobs(actor=who.actor(purpose=PURPOSE), at=edge.now(), limit=PAGE + 1, before=before)
    context = {
        "rows": shown.rows(found[:PAGE]),
        "again": _number(request.GET.get("again", "")),
        "is_first": before is None,
        "older": str(found[PAGE - 1].id) if len(found) > PAGE else "",
    }
    return show(request, who, "desk_jobs/list.html", context)


@require_safe
@desk_page(OPERATOR)
def job(request: HttpRequest, who: Officer, job_id: int) -> HttpResponse:
    """Show one job: which, about what, how often and when, and which kind of error it was."""
    found = upkeep.failed_job(_known(job_id), actor=who.actor(purpose=PURPOSE), at=edge.now())
    return show(request, who, "desk_jobs/job.html", {"job": shown.one(found)})


@require_POST
@desk_page(OPERATOR)
def retry(request: HttpRequest, who: Officer, job_id: int) -> HttpResponse:  # noqa: ARG001 -- a form of one button
    """Run a job once more. It may be done before its page is made, so the list says that it was put back."""
    upkeep.retry_job(_known(job_id), actor=who.actor(purpose=PURPOSE), at=edge.now())
    return redirect(f"{reverse('desk:jobs')}?again={job_id}")


@require_http_methods(["GET", "HEAD", "POST"])
@desk_page(OPERATOR)
def put_aside(request: HttpRequest, who: Officer, job_id: int) -> HttpResponse:
    """Ask why a job is never to run again; with the reason, put it aside."""
    actor, at = who.actor(purpose=PURPOSE), edge.now()
    found = upkeep.failed_job(_known(job_id), actor=actor, at=at)
    reason = request.POST.get("reason", "")
    if request.method == "POST" and reason in {str(each) for each in shown.REASONS}:
        upkeep.put_aside_job(job_id, reason=upkeep.PutAsideReason(reason), actor=actor, at=at)
        return redirect("desk:job", job_id=job_id)
    error = _("Choose a reason.") if request.method == "POST" else ""
    context = {"job": shown.one(found), "reasons": shown.reasons(), "error": error}
    return show(request, who, "desk_jobs/put_aside.html", context, status=422 if error else 200)


def _number(text: str) -> int | None:
    if not text:
        return None
    if not (text.isascii() and text.isdigit() and len(text) <= len(str(HIGHEST))):
        raise NotFound
    return _known(int(text))


def _known(job_id: int) -> int:
    """Return a number the queue may have given. Raises `NotFound`."""
    if job_id > HIGHEST:
        raise NotFound
    return job_id
