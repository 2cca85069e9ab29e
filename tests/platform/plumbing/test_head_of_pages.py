"""What is made once for many pages stays right for each of them."""

import pytest
from markupsafe import Markup, escape

from panjereh.plumbing import pages


def test_words_with_marks_are_not_taken_for_equal_words_without():
    shown = pages.once(lambda words: str(escape(words)))

    assert (shown(Markup("<b>")), shown("<b>")) == ("<b>", "&lt;b&gt;")


@pytest.mark.parametrize(
    ("path", "section"),
    [
        ("/", "/"),
        ("/cases/", "/cases/"),
        ("/cases/0190-ab/answers/", "/cases/-"),
        ("/en/cases/", "/en/cases/"),
        ("/en/cases/0190-ab/", "/en/cases/-"),
        ("/en/", "/en/"),
    ],
)
def test_what_lies_deeper_in_a_section_is_one_place(path: str, section: str):
    assert pages.section_of(path) == section
