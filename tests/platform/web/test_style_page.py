"""The page of the parts: every macro has examples that render, every colour the contrast its role needs."""

import re
from pathlib import Path

import pytest
from django.conf import settings
from django.test import Client
from django.utils import translation

from panjereh.plumbing.kit.blocks import components
from panjereh.web.public.style import colours, examples, views


@pytest.mark.parametrize("name", components())
@pytest.mark.parametrize("language", ["fa", "en"])
def test_every_macro_has_an_example_that_calls_it(name: str, language: str):
    with translation.override(language):
        shown = examples.of(name)

    assert shown
    assert all(each.shown.strip() for each in shown)
    assert all(f"kit.{name}(" in each.call for each in shown)


def test_every_example_is_of_a_macro_that_is_there():
    assert {path.stem for path in examples.FOLDER.glob("*.html")} == set(components())


@pytest.mark.parametrize("role", colours.roles(), ids=lambda role: role.name)
def test_every_role_has_the_contrast_it_needs_in_light_and_in_dark(role: colours.Role):
    assert min(*role.light_ratios, *role.dark_ratios) >= role.needs


@pytest.mark.parametrize(
    ("one", "other", "ratio"), [("#000000", "#FFFFFF", 21.0), ("#777777", "#FFFFFF", 4.48)]
)
def test_contrast_is_that_of_the_formula(one: str, other: str, ratio: float):
    assert colours.contrast(one, other) == colours.contrast(other, one) == pytest.approx(ratio, abs=0.01)


def test_dark_colours_are_for_screens_alone_so_that_paper_stays_white():
    sheets = Path(settings.PANJEREH.frontend_directory) / "css"
    for sheet in sheets.glob("*.css"):
        blocks = re.findall(
            r"^@media ([^{]+)\{(.*?)^\}", sheet.read_text(encoding="utf-8"), re.DOTALL | re.MULTILINE
        )
        kept = {query.strip() for query, rules in blocks if "--glaze: #0B1324" in rules}

        assert all(query.startswith("screen") for query in kept)
        assert sheet.read_text(encoding="utf-8").count("--glaze: #0B1324") == len(kept)


def test_the_address_chooses_light_or_dark_and_nothing_else(client: Client):
    assert 'data-theme="dark"' in client.get("/style/", {"theme": "dark"}).text
    assert "data-theme" not in client.get("/style/", {"theme": '"onload'}).text


def test_a_part_that_is_not_there_leads_nowhere(client: Client):
    assert client.get("/style/no-such-part/").status_code == 404


def test_the_page_of_a_subject_shows_each_macro_with_its_call_and_what_it_takes(client: Client):
    page = client.get("/en/style/status/").text

    assert "kit.tag(&#34;go&#34;, _(&#34;Under review&#34;))" in page
    assert "shape and colour; empty is neutral" in page


def test_both_directions_stand_side_by_side(client: Client):
    page = client.get("/style/").text

    assert all(examples.of(name) for name in views.BOTH_WAYS)
    assert page.count('lang="en" dir="ltr"><') >= len(views.BOTH_WAYS)
