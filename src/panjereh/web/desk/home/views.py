"""What waits for this officer, and what they may do here."""

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from panjereh.domain.people import api as people
from panjereh.plumbing import edge
from panjereh.web.desk.entry.officer import Officer
from panjereh.web.desk.entry.pages import desk_page, show
from panjereh_kernel.actor import OfficerRole

# More than this is said as "more": nobody works off a number.
MOST_COUNTED = 20


@require_safe
@desk_page()
def home(request: HttpRequest, who: Officer) -> HttpResponse:
    """Show where the officer sits, with which roles until when, and the requests that wait for a decision."""
    actor, at = who.actor(purpose="officer-grants"), edge.now()
    may_grant = who.post is not None and OfficerRole.GRANTOR in who.post.roles
    rows = (
        people.grants_at(actor=actor, at=at, limit=MOST_COUNTED + 1, only_waiting=True) if may_grant else []
    )
    # What the officer asked for or would hold is for other eyes, so it does not wait for theirs.
    waiting = [row for row in rows if actor.subject_id not in (row.requested_by, row.holder_id)]
    context = {
        "may_grant": may_grant,
        "waiting": min(len(waiting), MOST_COUNTED),
        "is_more": len(waiting) > MOST_COUNTED,
    }
    return show(request, who, "desk_home/home.html", context)
