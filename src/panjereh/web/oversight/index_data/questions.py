"""The lists of questions of the survey, to browse: in our own short titles, by part, fifty on a page."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from panjereh.domain.indices import api as indices
from panjereh.web.oversight.index_data import words
from panjereh.web.oversight.index_data.reading import PAGE, next_after, place_in
from panjereh_kernel.refusal import NotFound


@require_safe
def lists(request: HttpRequest) -> HttpResponse:
    """Show which lists there are, with how many questions."""
    found = [
        (name, title, sum(each.count for each in indices.questions(name)))
        for name, title in words.question_sets().items()
    ]
    return render(request, "index_data/questions.html", {"lists": [each for each in found if each[2]]})


@require_safe
def questions(request: HttpRequest, question_set: str) -> HttpResponse:
    """Show a list of questions, all or those of a part, or those a machine can check."""
    every = indices.questions(question_set)
    if not every:
        raise NotFound
    part, machine = request.GET.get("part", ""), request.GET.get("machine", "")
    parts = list(dict.fromkeys(each.part for each in every))
    if part not in ("", *parts) or machine not in ("", "yes", "no"):
        raise NotFound
    chosen = [each for each in every if part in ("", each.part) and _is_of(each, machine)]
    first = place_in(request, len(chosen))
    names = words.question_parts()
    context = {
        "title": words.question_sets()[question_set],
        "question_set": question_set,
        "questions": chosen[first : first + PAGE],
        "total": sum(each.count for each in chosen),
        "part": part,
        "machine": machine,
        "parts": [("", _("all parts")), *((each, names[each]) for each in parts)],
        "names": names,
        "has_machine": any(each.is_machine_checkable is not None for each in every),
        "first": first,
        "next": next_after(first, len(chosen)),
        "source": indices.sources()[every[0].source],
    }
    return render(request, "index_data/question_list.html", context)


def _is_of(question: indices.Question, machine: str) -> bool:
    return not machine or question.is_machine_checkable is (machine == "yes")
