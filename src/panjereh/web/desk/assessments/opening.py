"""Open an assessment: which portal by which list, and which two officers answer."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from panjereh.domain.evaluation import api as evaluation
from panjereh.domain.indices import api as indices
from panjereh.domain.people import api as people
from panjereh.plumbing import edge, pages
from panjereh.plumbing.refusals import sentence_of
from panjereh.web.desk.assessments import forms
from panjereh.web.desk.assessments.views import OPERATOR, PURPOSE
from panjereh.web.desk.entry.officer import Officer
from panjereh.web.desk.entry.pages import desk_page, show
from panjereh.web.oversight.assessments import words
from panjereh.web.oversight.indices import words as index_words
from panjereh.web.oversight.indices.reading import HOME
from panjereh_kernel.sorting import sort_key

USUAL_TOLERANCE = 5


@require_http_methods(["GET", "HEAD", "POST"])
@desk_page(OPERATOR)
def new_assessment(request: HttpRequest, who: Officer) -> HttpResponse:
    """Ask what is assessed and by whom; with all of it, open the assessment."""
    errors: dict[str, str] = {}
    assessment_id = _form_id(request)
    if request.method == "POST":
        wish, errors = forms.read_opening(request.POST)
        if wish is not None:
            errors = _open(assessment_id, wish, who)
            if not errors:
                return redirect("desk:assessment", assessment_id=assessment_id)
    names = index_words.country_names()
    context = {
        "errors": errors,
        "typed": request.POST,
        "form_id": assessment_id,
        "sets": [(name, _(text)) for name, text in words.SETS.items() if indices.questions(name)],
        "countries": sorted(names.items(), key=lambda each: sort_key(each[1])),
        "home": HOME,
        "tolerance": pages.digits(USUAL_TOLERANCE),
    }
    return show(request, who, "desk_assessments/new.html", context, status=422 if errors else 200)


def _open(assessment_id: UUID, wish: forms.Opening, who: Officer) -> dict[str, str]:
    """Find the two and open the assessment; return what stands against it, by field."""
    found: list[UUID] = []
    errors: dict[str, str] = {}
    for seat, number in zip(forms.SEATS, wish.assessors, strict=True):
        try:
            actor = who.actor(purpose=PURPOSE)
            found.append(people.officer_of_number(number, actor=actor, at=edge.now()))
        except people.NoSuchOfficer as refusal:
            errors[seat] = sentence_of(refusal)
    if errors:
        return errors
    first, second = found
    try:
        evaluation.open_assessment(
            assessment_id,
            question_set=wish.question_set,
            iso3=wish.iso3,
            city=wish.city,
            addresses=wish.addresses,
            assessors=(first, second),
            tolerance=wish.tolerance,
            actor=who.actor(purpose=PURPOSE),
            at=edge.now(),
        )
    except evaluation.AssessmentImpossible as refusal:
        field = "second" if refusal.field == "assessors" else refusal.field
        return {field: forms.sentence(refusal.field, refusal.why)}
    return {}


def _form_id(request: HttpRequest) -> UUID:
    """Drawn with the form: pressing its button twice opens one assessment."""
    try:
        return UUID(request.POST.get("form", ""))
    except ValueError:
        return edge.new_id()
