"""Jobs in words of the page's language."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop
from markupsafe import Markup

from panjereh.domain.upkeep import api as upkeep
from panjereh.plumbing import pages

STATES = {
    upkeep.JobState.FAILED: ("bad", gettext_noop("Given up")),
    upkeep.JobState.WAITING: ("wait", gettext_noop("Waits to run")),
    upkeep.JobState.RUNNING: ("go", gettext_noop("Runs now")),
    upkeep.JobState.PUT_ASIDE: ("", gettext_noop("Put aside")),
}
REASONS: Mapping[upkeep.PutAsideReason, tuple[str, str]] = {
    upkeep.PutAsideReason.DONE_OTHERWISE: (
        gettext_noop("Its work was done in another way"),
        gettext_noop("Somebody did it by hand, or another job did."),
    ),
    upkeep.PutAsideReason.NOT_NEEDED: (
        gettext_noop("Nobody needs it any more"),
        gettext_noop("The case was withdrawn, or the person was erased."),
    ),
    upkeep.PutAsideReason.CANNOT_SUCCEED: (
        gettext_noop("It cannot succeed"),
        gettext_noop("The fault is reported, and the work is begun anew once it is mended."),
    ),
}


@dataclass(frozen=True, slots=True)
class ShownJob:
    """One job for its page."""

    id: int
    title: str
    rows: list[tuple[Any, ...]]
    kind: str
    state: str
    is_failed: bool
    reason: str


def one(job: upkeep.FailedJob) -> ShownJob:
    """Return one job in words."""
    kind, state = STATES[job.state]
    return ShownJob(
        id=job.id,
        title=title(job.name),
        rows=_facts(job),
        kind=kind,
        state=_(state),
        is_failed=job.state is upkeep.JobState.FAILED,
        reason=_(REASONS[upkeep.PutAsideReason(job.put_aside_reason)][0]) if job.put_aside_reason else "",
    )


def rows(jobs: Sequence[upkeep.FailedJob]) -> list[list[Any]]:
    """Return jobs as rows of a table: what it does, its number, when it failed, how often, the error."""
    return [
        [
            Markup('<a href="{}">{}</a>').format(reverse("desk:job", args=[job.id]), title(job.name)),
            pages.digits(job.id),
            pages.show_moment(job.failed_at) if job.failed_at else _("not known"),
            pages.digits(job.attempts),
            _code(job.error.rpartition(".")[2]),
        ]
        for job in jobs
    ]


def reasons() -> list[tuple[str, str, str]]:
    """Return the reasons as the choices of a question."""
    return [(str(code), _(words), _(more)) for code, (words, more) in REASONS.items()]


def title(name: str) -> str:
    """Return what a job does, in the words of its room's catalogue; its name where nobody said.

    A test holds the catalogues to the jobs there are.
    """
    words = _("job:" + name)
    return name if words.startswith("job:") else words


def _facts(job: upkeep.FailedJob) -> list[tuple[Any, ...]]:
    about = [
        (_code(name), _code(value) if value else _("not shown: it is neither an id nor a code"))
        for name, value in job.arguments.items()
    ]
    return [
        (_("Name in the queue"), _code(job.name)),
        (_("Number"), pages.digits(job.id)),
        *about,
        (_("Asked for"), pages.show_moment(job.asked_at) if job.asked_at else _("not known")),
        (_("Last failed"), pages.show_moment(job.failed_at) if job.failed_at else _("not known")),
        (_("Attempts"), pages.digits(job.attempts)),
        (_("Kind of error"), _code(job.error)),
    ]


def _code(text: str) -> Markup | str:
    return Markup('<bdi class="code long">{}</bdi>').format(text) if text else _("not known")
