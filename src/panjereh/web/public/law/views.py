"""One page a reader: every claim with its law and article."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from panjereh.web import laws
from panjereh.web.public.law import claims
from panjereh_kernel.refusal import NotFound


@require_safe
def law(request: HttpRequest, reader: str) -> HttpResponse:
    """Tell one kind of reader what an electronic document is worth, and on which law that rests."""
    guide = claims.GUIDES.get(reader)
    if guide is None:
        raise NotFound
    cited = iter(laws.cite(law for claim in guide.claims for law in claim.laws))
    shown = [(_(claim.sentence), [next(cited) for _law in claim.laws]) for claim in guide.claims]
    context = {
        "title": _(guide.title),
        "lead": _(guide.lead),
        "claims": shown,
        "deeds": [_(deed) for deed in guide.deeds],
        "open_points": [_(point) for point in claims.OPEN_POINTS],
        "others": [(key, _(other.title)) for key, other in claims.GUIDES.items() if key != reader],
    }
    return render(request, "law/guide.html", context)
