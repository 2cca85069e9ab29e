"""Files around a proposal: the empty form, the method to begin from, and what was proposed."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from panjereh.domain.indices import api as indices
from panjereh.plumbing import edge
from panjereh.web.desk.entry.officer import Officer
from panjereh.web.desk.entry.pages import desk_page
from panjereh_kernel.actor import OfficerRole

PURPOSE = "index-editions"
OPERATOR = OfficerRole.OPERATOR


@require_safe
@desk_page(OPERATOR)
def template(request: HttpRequest, who: Officer, index: str) -> HttpResponse:  # noqa: ARG001 -- of every operator
    """Give the empty form of an edition."""
    return _attached(indices.edition_template(index), f"{index}.csv", "text/csv; charset=utf-8")


@require_safe
@desk_page(OPERATOR)
def method(request: HttpRequest, who: Officer, index: str) -> HttpResponse:  # noqa: ARG001 -- of every operator
    """Give the method of the latest edition, from which a new one's is made."""
    return _attached(indices.edition_method(index), f"{index}-method.json", "application/json")


@require_safe
@desk_page(OPERATOR)
def proposed(request: HttpRequest, who: Officer, proposal_id: UUID) -> HttpResponse:  # noqa: ARG001 -- its address says all
    """Give the figures of a proposal, to hold against the publication."""
    actor, at = who.actor(purpose=PURPOSE), edge.now()
    view = indices.proposal(proposal_id, actor=actor, at=at)
    content = indices.proposal_file(proposal_id, actor=actor, at=at)
    return _attached(content, f"{view.index}-{view.edition}-proposed.csv", "text/csv; charset=utf-8")


def _attached(content: bytes, name: str, media: str) -> HttpResponse:
    response = HttpResponse(content, content_type=media)
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response
