"""Templates are compiled per language, and each speaks its own."""

from typing import Any
from uuid import UUID

import pytest
from django.template import engines
from django.utils import translation
from jinja2 import UndefinedError

CASE = UUID("01890000-0000-7000-8000-000000000001")


def made(source: str, language: str, **values: Any) -> str:
    with translation.override(language):
        return engines["jinja2"].from_string(source).render(values)


def test_words_are_those_of_the_language():
    assert made('{{ _("My cases") }}', "en") == "My cases"
    assert made('{{ _("My cases") }}', "fa") == "پرونده‌های من"


def test_words_stay_what_they_are_when_the_other_language_came_first():
    first = made('{{ _("My cases") }}', "fa")
    made('{{ _("My cases") }}', "en")

    assert made('{{ _("My cases") }}', "fa") == first


@pytest.mark.parametrize(("language", "number"), [("fa", "۱٬۲۰۰٫۵۰"), ("en", "1,200.50")])
def test_decimals_in_a_template_are_written_in_its_language(language: str, number: str):
    assert made("{{ value|number(2) }}", language, value=1200.5) == number
    assert made("{{ 1200.5|number(2) }}", language) == number


@pytest.mark.parametrize(("language", "digits"), [("fa", "۰"), ("en", "0")])
def test_a_number_in_a_template_is_written_in_its_language(language: str, digits: str):
    assert made("{{ 0|digits }}", language) == digits


def test_words_with_values_get_them_escaped():
    shown = made('{{ _("No service for “%(query)s”", query=query) }}', "en", query="<b>")

    assert shown == "No service for “&lt;b&gt;”"


def test_constant_words_keep_their_marks_and_are_not_escaped_twice():
    assert made("{{ _('Father\\'s name') }}", "en") == "Father's name"


@pytest.mark.parametrize(("language", "address"), [("fa", "/cases/"), ("en", "/en/cases/")])
def test_an_address_is_that_of_the_language(language: str, address: str):
    assert made('{{ url("citizen:cases") }}', language) == address
    assert made("{{ url(name) }}", language, name="citizen:cases") == address


@pytest.mark.parametrize(("language", "address"), [("fa", f"/cases/{CASE}/"), ("en", f"/en/cases/{CASE}/")])
def test_an_address_of_one_thing_carries_its_identifier(language: str, address: str):
    for _ in range(2):
        assert made('{{ url("citizen:case", case_id=id) }}', language, id=CASE) == address


def test_an_address_of_another_thing_is_another():
    other = UUID(int=CASE.int + 1)
    made('{{ url("citizen:case", case_id=id) }}', "fa", id=CASE)

    assert str(other) in made('{{ url("citizen:case", case_id=id) }}', "fa", id=other)


@pytest.mark.parametrize("state", ["IRN", "TUR"])
@pytest.mark.parametrize(("language", "root"), [("fa", "/"), ("en", "/en/")])
def test_an_address_of_a_figure_is_its_own_in_each_language_however_often_it_is_asked_for(
    language: str, root: str, state: str
):
    source = '{{ url("oversight:index_check", edition=edition, iso3=state) }}'

    for _ in range(2):
        shown = made(source, language, edition="2024", state=state)

        assert shown == f"{root}indices/editions/2024/{state}/"


def test_an_unknown_value_is_a_fault():
    with pytest.raises(UndefinedError):
        made("{{ nothing_of_the_kind }}", "fa")


@pytest.mark.parametrize(
    ("path", "persian", "english"),
    [
        ("/", "/", "/en/"),
        ("/en/", "/", "/en/"),
        ("/cases/", "/cases/", "/en/cases/"),
        ("/en/cases/", "/cases/", "/en/cases/"),
        ("/english/", "/english/", "/en/english/"),
    ],
)
def test_a_page_knows_its_address_in_the_other_language(path: str, persian: str, english: str):
    assert made("{{ in_language(path, 'fa') }}", "fa", path=path) == persian
    assert made("{{ in_language(path, 'en') }}", "fa", path=path) == english
