"""What-ifs that somebody keeps: opened by their code, compared, and never changed."""

from dataclasses import dataclass
from urllib.parse import urlencode
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from panjereh.domain.indices import api as indices
from panjereh.plumbing import edge
from panjereh.plumbing.refusals import sentence_of
from panjereh.web.oversight.indices import asked as typed
from panjereh.web.oversight.indices import words
from panjereh.web.oversight.indices.reading import INDEX
from panjereh_kernel.actor import Actor
from panjereh_kernel.refusal import NotFound

MOST = 4
CODE_LENGTH = 12
UNPROCESSABLE = 422
# Nothing of a person is kept with a what-if, also where somebody is signed in.
_ANYBODY = Actor.anonymous("index-what-if")


@dataclass(frozen=True, slots=True)
class Kept:
    """A kept what-if, what comes of it, and what its address as a what-if asks."""

    scenario: indices.Scenario
    ranged: indices.Ranged
    question: str


@require_POST
def keep(request: HttpRequest) -> HttpResponse:
    """Keep what the form computed, under a code, and lead to its page. Sent twice it is one."""
    iso3, edition = request.POST.get("country", ""), request.POST.get("edition", "")
    indices.check(INDEX, edition, iso3)
    table, raw_parts = indices.edition_table(INDEX, edition), indices.raw_parts(INDEX, edition)
    asked = typed.read(request.POST, table, iso3, raw_parts)
    back = f"?{urlencode({'country': iso3, 'edition': edition} | asked.typed)}"
    if asked.faults:
        return redirect(f"{reverse('oversight:index_what_if')}{back}")
    try:
        code = indices.save_scenario(
            _id_of(request.POST.get("id", "")),
            code=edge.draw_token()[:CODE_LENGTH],
            title=request.POST.get("title", ""),
            index=INDEX,
            edition=edition,
            iso3=iso3,
            changes=asked.changes,
            weights=asked.weights,
            raw=asked.raw,
            actor=_ANYBODY,
            at=edge.now(),
        )
    except indices.WhatIfImpossible as refusal:
        context = {"sentence": sentence_of(refusal), "back": back}
        return render(request, "indices/not_kept.html", context, status=UNPROCESSABLE)
    return redirect("oversight:index_scenario", code=code)


@require_safe
def scenario(request: HttpRequest, code: str) -> HttpResponse:
    """Show a kept what-if, alone or beside up to three others."""
    codes = list(dict.fromkeys([code, *(each for each in request.GET.getlist("with") if each)]))[:MOST]
    kept = [_computed(each) for each in codes]
    others = f"?{urlencode({'with': ','.join(codes[1:])})}" if codes[1:] else ""
    return render(
        request,
        "indices/scenario.html",
        {
            "kept": kept,
            "code": code,
            "names": words.country_names(),
            "parts": words.part_names(),
            "indicators": words.indicator_names(),
            "address": request.build_absolute_uri(request.path),
            "others": others,
        },
    )


def _computed(code: str) -> Kept:
    found = indices.scenario(code)
    return Kept(found, indices.try_scenario(found), urlencode(found.question))


def _id_of(text: str) -> UUID:
    try:
        return UUID(text)
    except ValueError as error:
        raise NotFound from error
