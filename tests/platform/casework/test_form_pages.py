"""Which pages of a form are asked: a law over any form, and what becomes of answers that lead elsewhere."""

from dataclasses import dataclass

from hypothesis import given
from hypothesis import strategies as st

from panjereh.domain.casework.rules.answers import answers_to, asked_pages

FIELDS = [f"f{number}" for number in range(5)]


@dataclass(frozen=True)
class Question:
    """A field of a made-up form."""

    id: str
    kind: str = "text"
    shown_if: str = ""
    options: tuple[str, ...] = ()
    max_length: int = 9


@dataclass(frozen=True)
class Sheet:
    """A page of a made-up form: asked if the field named in `shown_if` was answered "yes"."""

    shown_if: str
    fields: tuple[Question, ...]


def is_shown(shown_if: str, answers: dict[str, str]) -> bool:
    return not shown_if or answers[shown_if] == "yes"


@st.composite
def forms(draw: st.DrawFn) -> tuple[Sheet, ...]:
    """Return a form in which each page may hang on any page before it."""
    return tuple(
        Sheet(draw(st.sampled_from(["", *FIELDS[:place]])), (Question(name),))
        for place, name in enumerate(FIELDS)
    )


ANSWERS = st.dictionaries(st.sampled_from(FIELDS), st.sampled_from(["yes", "no"]))


@given(forms(), ANSWERS)
def test_a_page_is_asked_exactly_when_what_it_hangs_on_is_asked_and_answered_so(form, answers):
    asked = asked_pages(form, answers, is_shown=is_shown)

    names = {page.fields[0].id for page in asked}
    for page in form:
        leads = not page.shown_if or (page.shown_if in names and answers.get(page.shown_if) == "yes")
        assert (page in asked) == leads


@given(forms(), ANSWERS)
def test_dropping_the_answers_of_pages_not_asked_changes_no_page(form, answers):
    asked = asked_pages(form, answers, is_shown=is_shown)

    kept = answers_to(asked, answers)

    assert asked_pages(form, kept, is_shown=is_shown) == asked
    assert kept.keys() <= {page.fields[0].id for page in asked}
