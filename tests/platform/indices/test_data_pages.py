"""Pages behind the laboratory: files, other indices, raw indicators, questions, and what did not grow."""

import hashlib
import re
from collections.abc import Callable
from pathlib import Path

import pytest
from django.test import Client

from panjereh.domain.indices import api as indices
from panjereh.plumbing import memory
from tests.platform.indices.published import edition
from tests.platform.indices.test_pages import shown, words_of  # noqa: F401 -- a fixture

Shown = Callable[..., str]


def test_every_file_has_its_size_licence_source_and_the_digest_of_what_is_sent(
    client: Client, published: Path
):
    page = client.get("/en/indices/data/").content.decode()

    files = dict(
        zip(
            re.findall(r'href="(/api/v1/[^"]+)" download', page),
            re.findall(r'class="code long" dir="ltr">([0-9a-f]{64})<', page),
            strict=True,
        )
    )
    assert len(files) == 2 * 14 + 3 + 1 + 2
    for path, sha256 in files.items():
        assert hashlib.sha256(client.get(path).content).hexdigest() == sha256, path
    assert "E-Government Development Index 2024 CSV" in words_of(page)
    assert "CC-BY-4.0" in page


@pytest.mark.parametrize(
    "address",
    [
        "/indices/", "/indices/country/", "/indices/countries/IRN/", "/indices/countries/IRN/raw/",
        "/indices/editions/2024/", "/indices/editions/2024/IRN/", "/indices/why/",
        "/indices/why/IRN/2020/2024/", "/indices/compare/", "/indices/what-if/", "/indices/targets/",
        "/indices/data/", "/indices/method/", "/indices/others/", "/indices/others/odin/",
        "/indices/questions/", "/indices/questions/losi-2024/", "/indices/assessments/",
    ],
)  # fmt: skip
@pytest.mark.django_db
def test_before_any_figure_came_in_no_page_is_broken(client: Client, address: str):
    memory.forget()

    assert client.get(address).status_code in {200, 404}


def test_another_index_tells_the_place_of_the_country_with_its_edition(shown: Shown):  # noqa: F811
    listed, page = shown("/en/indices/others/"), shown("/en/indices/others/odin/", country=["IRN", "ARE"])

    assert "Open Data Inventory 2022 136 195 0.4040" in listed
    assert "OECD Digital Government Index 2023 not assessed 33" in listed
    assert "GovTech Maturity Index 2022 World Bank The workbook" in listed
    assert "stands at rank 136 of 195, with 0.4040 of 1." in page
    assert "Openness of the statistics 0.3840" in page
    assert "Source: Open Data Watch, Open Data Inventory 2022/23." in page


def test_an_index_that_does_not_assess_the_country_says_so(shown: Shown, client: Client):  # noqa: F811
    page = shown("/indices/others/oecd-dgi/")

    assert "در این دوره ارزیابی نشده و مقدار و رتبه‌ای ندارد" in page
    assert client.get("/en/indices/others/oecd-dgi/", {"country": "IRN"}).status_code == 404
    for wrong in ("/en/indices/others/egdi/", "/en/indices/others/none/"):
        assert client.get(wrong).status_code == 404
    for wrong in ("33", "x", "-1", "99999"):
        assert client.get("/en/indices/others/oecd-dgi/", {"from": wrong}).status_code == 404


def test_all_states_of_another_index_stand_by_rank_fifty_at_a_time(shown: Shown):  # noqa: F811
    first, last = shown("/en/indices/others/odin/"), shown("/en/indices/others/odin/", **{"from": 150})

    assert "Further ranks" in first
    assert "The first ranks" in last
    assert "Further ranks" not in last


def test_an_index_of_several_editions_is_drawn_through_them(
    shown: Shown,  # noqa: F811
    monkeypatch: pytest.MonkeyPatch,
):
    one = indices.edition_table("odin", "2022")
    monkeypatch.setattr(indices, "edition_tables", lambda _: (one, one))

    assert "Each edition is shown as it was published." in shown("/en/indices/others/odin/")


def test_raw_indicators_have_their_year_and_source(shown: Shown, client: Client):  # noqa: F811
    country, page = shown("/en/indices/countries/IRN/"), shown("/en/indices/countries/IRN/raw/")

    latest = {each.indicator: max(each.values) for each in indices.raw_series("IRN")}
    assert f"{latest['internet_users_pct']} World Bank and ITU" in country
    assert "Internet users, percent of the population" in page
    assert "World Bank and ITU, Individuals using the Internet" in page
    assert "do not mark which values they estimated" in page
    literate = shown("/en/indices/countries/IRN/raw/", indicator="adult_literacy_pct")
    assert "UNESCO Institute for Statistics, Adult literacy" in literate
    for path in ("/en/indices/countries/XXX/raw/", "/en/indices/countries/IRN/raw/?indicator=none"):
        assert client.get(path).status_code == 404


def test_a_state_with_one_raw_indicator_shows_that_alone(
    shown: Shown,  # noqa: F811
    monkeypatch: pytest.MonkeyPatch,
):
    one = next(each for each in indices.raw_series("IRN") if each.indicator == "mean_years_schooling")
    monkeypatch.setattr(indices, "raw_series", lambda _: (one,))

    page = shown("/en/indices/countries/IRN/raw/")

    assert "Mean years of schooling" in page
    assert "Internet users" not in page


def test_questions_are_browsed_by_part_and_by_what_a_machine_can_check(shown: Shown, client: Client):  # noqa: F811
    lists, all_of_them = shown("/en/indices/questions/"), shown("/en/indices/questions/losi-2024/")
    machine = shown("/en/indices/questions/losi-2024/", machine="yes", part="TEC")

    checkable = [each for each in indices.questions("losi-2024") if each.is_machine_checkable]
    of_technology = [each for each in checkable if each.part == "TEC"]
    assert "183 questions" in lists
    assert "95 questions" in all_of_them
    assert 0 < len(of_technology) < len(checkable)
    assert f"{len(of_technology)} questions" in machine
    assert of_technology[0].title["fa"] in machine
    assert "Further ones" in all_of_them
    for path in ("none/", "osi-2024/?part=X", "osi-2024/?machine=x", "osi-2024/?from=999"):
        assert client.get(f"/en/indices/questions/{path}").status_code == 404
    assert "No question is of this choice." in shown("/en/indices/questions/osi-2024/", machine="yes")


def test_what_did_not_grow_is_told_by_computation(shown: Shown):  # noqa: F811
    overview = shown("/en/indices/")

    assert "Online services 2018 0.6319 0.3773 the method changed meanwhile" in overview
    assert "E-participation 2018 0.5281 0.1781" in overview
    assert "Human capital 2022 0.7804 0.6932 the method changed meanwhile" in overview
    assert (
        "E-Government Development Index 20"
        not in overview.partition("What did not grow")[2].partition("Note")[0]
    )


def test_a_standstill_begins_where_growth_ended_and_ends_with_the_latest_edition():
    tables = [edition(each) for each in ("2016", "2018", "2020", "2022", "2024")]

    found = {each.part: each for each in indices.standstills(tables, "IRN")}

    assert set(found) == {"osi", "hci", "epi"}
    assert (found["osi"].since, found["osi"].value_since, found["osi"].value_until) == (
        "2018",
        0.6319,
        0.37729,
    )
    assert not found["osi"].is_one_measure
    assert indices.standstills(tables[:1], "IRN") == ()
    assert indices.standstills(tables, "XXX") == ()


def test_within_one_method_a_standstill_is_of_one_measure():
    found = {each.part: each for each in indices.standstills([edition("2014"), edition("2016")], "IRN")}

    assert found["osi"].is_one_measure
