"""The page kit: each macro says what it takes, and a call that gives anything else fails."""

import pytest
from django.conf import settings
from django.template import engines
from jinja2 import Environment

from panjereh.plumbing.kit.blocks import BlockFaulty, components, read_blocks
from panjereh.plumbing.kit.shapes import NotAShape, read_shape
from panjereh.plumbing.kit.strictness import KitMisused
from panjereh.plumbing.pages import make_environment

WITH_KIT = "{% import 'kit.html' as kit %}"
WHOLE = """{#: badge
A badge.
kind: "go" | "" -- its colour
#}
{% macro badge(kind="") %}<b class="{{ kind }}"></b>{% endmacro %}
"""


@pytest.fixture
def environment() -> Environment:
    return engines["jinja2"].env


def render(environment: Environment, call: str) -> str:
    return environment.from_string(f"{WITH_KIT}{call}").render()


def test_every_macro_is_found_under_its_own_name_in_the_kit(environment: Environment):
    kit = environment.get_template("kit.html").module

    assert components()
    assert {name for name in components() if not callable(getattr(kit, name, None))} == set()


@pytest.mark.parametrize(("times", "presses"), [(8, 0), (9, 1)])
def test_only_a_long_table_under_a_chart_is_opened_by_a_press(
    environment: Environment, times: int, presses: int
):
    columns, values = [(year, str(year)) for year in range(times)], list(range(times))

    chart = environment.from_string(
        f"{WITH_KIT}{{{{ kit.line_chart('c', 'title', 'finding', columns, [('a', values)], head='Year') }}}}"
    ).render(columns=columns, values=values)

    assert chart.count('<tr role="row">') == times
    assert chart.count("<details") == presses


def test_a_block_is_read_whole():
    (badge,) = read_blocks(WHOLE, "status")

    assert (badge.name, badge.subject, badge.what) == ("badge", "status", "A badge.")
    assert badge.call == 'badge(kind="")'
    assert badge.parameters[0].type_text == '"go" | ""'
    assert badge.sentences == ("A badge.", "its colour")


@pytest.mark.parametrize(
    ("source", "fault"),
    [
        (WHOLE.split("#}\n")[1], "has no block"),
        (WHOLE.replace('kind: "go" | "" -- its colour\n', ""), "its block tells"),
        (WHOLE.replace(" -- its colour", ""), "its block tells"),
        (WHOLE.replace("macro badge", "macro shield"), "has no block"),
        (WHOLE.split("{% macro", maxsplit=1)[0], "no macro is called badge"),
    ],
    ids=["no block", "a parameter untold", "a parameter without meaning", "another name", "no macro"],
)
def test_a_macro_that_is_not_told_whole_is_refused(source: str, fault: str):
    with pytest.raises(BlockFaulty, match=fault):
        list(read_blocks(source, "status"))


@pytest.mark.parametrize("text", ["set", "list[int, str]]", "dict[str, str]", "2.5"])
def test_a_type_the_kit_does_not_know_is_refused(text: str):
    with pytest.raises(NotAShape):
        read_shape(text)


@pytest.mark.parametrize(
    ("call", "fault"),
    [
        ('{{ kit.tag("blue", "x") }}', "kit.tag: kind is"),
        ('{{ kit.tag("go") }}', "kit.tag: label is missing"),
        ('{{ kit.tag("go", 3) }}', "kit.tag: label is str, not 3"),
        ('{{ kit.facts("ab") }}', "kit.facts: rows is"),
        ('{{ kit.facts([("a",)]) }}', "kit.facts: rows is"),
        ('{{ kit.facts([], wide="yes") }}', "kit.facts: wide is bool"),
        ("{{ kit.progress(true, 2) }}", "kit.progress: number is int"),
        ('{{ kit.tag("go", "x", size=3) }}', "size"),
    ],
)
def test_a_wrong_call_fails_with_the_name_of_macro_and_parameter(
    environment: Environment, call: str, fault: str
):
    with pytest.raises((KitMisused, TypeError), match=fault):
        render(environment, call)


@pytest.mark.parametrize("call", ["{{ kit.tag('', 'x') }}", "{{ kit.field_error('a', 'b' if false) }}"])
def test_a_right_call_is_let_through(environment: Environment, call: str):
    assert "None" not in render(environment, call)


@pytest.mark.parametrize("strict", [True, False])
def test_calls_are_checked_where_that_is_asked_for(environment: Environment, strict: bool):  # noqa: FBT001 -- a case
    made = make_environment(strict=strict, loader=environment.loader)

    code = made.compile(source_of(made, "kit/status.html"), "kit/status.html", raw=True)
    assert ("checked_call" in code) is strict


def test_calls_are_checked_in_practice_and_not_in_production():
    assert settings.TEMPLATES[0]["OPTIONS"]["strict"] is settings.PANJEREH.is_practice


def source_of(environment: Environment, name: str) -> str:
    assert environment.loader is not None
    return environment.loader.get_source(environment, name)[0]
