"""Published indices for programs: each value with its source, each figure to be recomputed."""

import csv
import hashlib
import io
import json
from fractions import Fraction
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from django.test import Client

from panjereh.domain.indices import api as indices
from panjereh.domain.indices.models import Raw
from panjereh_kernel.actor import Actor
from tests.platform.indices.conftest import published  # noqa: F401 -- a fixture
from tests.platform.people.desk import fresh_id
from tests.platform.people.registers import AT
from tests.platform.rest.described import SERVICE, answer_of, holds, operation_of, problem_of

PERSIAN = str.maketrans("0123456789", "۰۱۲۳۴۵۶۷۸۹")


def test_every_edition_is_listed_with_its_source_and_addresses(stranger: Client, published: Path):  # noqa: F811
    listed = answer_of(stranger, "/indices")["items"]

    newest = next(each for each in listed if (each["index"], each["edition"]) == ("egdi", "2024"))
    assert (len(listed), newest["ranked"], newest["weights"]["osi"]) == (14, 193, "1/3")
    assert (newest["source"]["publisher"], newest["source"]["version"]) == ("UN DESA", "c22aa0b")
    assert newest["csv"].endswith("/api/v1/indices/egdi/2024/values.csv")


def test_an_edition_is_read_page_by_page(stranger: Client, published: Path):  # noqa: F811
    first = answer_of(stranger, "/indices/egdi/2020?limit=100")
    second = answer_of(stranger, first["next"].partition(SERVICE)[2])

    states = [*first["items"], *second["items"]]
    iran = next(each for each in states if each["country"] == "IRN")
    assert (len({each["country"] for each in states}), second["next"]) == (193, None)
    assert (iran["rank"], iran["values"]["egdi"], iran["source"]) == (89, 0.6593, "A")


def test_an_edition_comes_as_one_table_too(stranger: Client, published: Path):  # noqa: F811
    response = stranger.get(f"{SERVICE}/indices/egdi/2003/values.csv", headers={"accept": "text/csv"})

    holds(response, operation_of("/indices/egdi/2003/values.csv"))
    rows = {row["iso3"]: row for row in csv.DictReader(io.StringIO(response.content.decode()))}
    assert response.headers["Content-Type"] == "text/csv; charset=utf-8"
    assert response.headers["Content-Disposition"] == 'attachment; filename="egdi-2003.csv"'
    assert (rows["IRN"]["rank"], rows["IRN"]["osi"], rows["IRN"]["source"]) == ("107", "0.14847", "A")
    assert (rows["CAF"]["ranked"], rows["CAF"]["rank"], rows["CAF"]["egdi"]) == ("0", "", "")


def test_the_spreadsheet_of_the_tutorial_gives_what_it_says(stranger: Client, published: Path):  # noqa: F811
    response = stranger.get(f"{SERVICE}/indices/egdi/2020/values.csv", headers={"accept": "text/csv"})

    rows = list(csv.reader(io.StringIO(response.content.decode())))
    iran, states = rows[80], rows[1:194]
    assert (iran[0], len(rows)) == ("IRN", 194)
    assert round(sum(map(float, iran[4:7])) / 3, 6) == 0.659267
    assert [1 + sum(float(row[at]) > float(iran[at]) for row in states) for at in (3, 7)] == [89, 118]


def test_a_figure_is_recomputed_for_whoever_asks(stranger: Client, published: Path):  # noqa: F811
    told = answer_of(stranger, "/indices/egdi/2020/checks/IRN")
    part = answer_of(stranger, "/indices/egdi/2020/checks/IRN?part=osi")

    assert (told["published"], told["published_rank"], told["reproduced"]) == (0.6593, 89, True)
    assert [step["kind"] for step in told["steps"]] == ["compose", "rank", "level"]
    assert (part["published"], part["steps"][0]["inputs"]["range"]) == (0.5882, 170.0)


def test_a_known_fault_of_the_source_is_no_broken_figure(stranger: Client, published: Path):  # noqa: F811
    told = answer_of(stranger, "/indices/egdi/2008/checks/CMR")

    assert (told["reproduced"], told["explained"]) == (False, True)


def test_a_state_is_told_through_all_editions(stranger: Client, published: Path):  # noqa: F811
    told = answer_of(stranger, "/index-series/egdi/IRN")["items"]

    assert [point["ranks"]["egdi"] for point in told] == [
        107,
        115,
        98,
        108,
        102,
        100,
        105,
        106,
        86,
        89,
        91,
        101,
    ]


def test_targets_are_told_with_the_verdict_that_nobody_sets(stranger: Client, published: Path):  # noqa: F811
    told = {each["part"]: each for each in answer_of(stranger, "/index-targets")["items"]}

    assert (told["egdi"]["rank"], told["egdi"]["progress"], told["egdi"]["colour"]) == (59, "missed", "red")
    assert [point["rank"] for point in told["epi"]["editions"]] == [167, 164]
    assert (told["egdi"]["thresholds_by"], told["egdi"]["thresholds_count"]) == ("operator", False)
    assert stranger.post(f"{SERVICE}/index-targets").status_code == 405


def test_a_whole_edition_comes_in_one_file_with_its_method(stranger: Client, published: Path):  # noqa: F811
    response = stranger.get(f"{SERVICE}/indices/egdi/2020/edition.json")

    holds(response, operation_of("/indices/egdi/2020/edition.json"))
    told = json.loads(response.content)
    iran = next(each for each in told["states"] if each["country"] == "IRN")
    assert (iran["rank"], iran["values"]["egdi"], iran["source"]) == (89, 0.6593, "A")
    assert (told["method"]["weights"]["value"]["osi"], len(told["states"])) == ("1/3", 193)
    assert [each["id"] for each in told["sources"]] == ["A"]
    assert told["restated"] == []


@pytest.mark.parametrize(
    ("path", "head", "count"),
    [
        (
            "/index-files/indices/egdi/values.csv",
            "edition,iso3,ranked,rank,egdi,osi,tii,hci,epi,source,restated",
            2316,
        ),
        ("/index-files/raw-indicators.csv", "iso3,indicator,year,value,source,revision", None),
        (
            "/index-files/questions/losi-2024/questions.csv",
            "part,codes,count,title_fa,title_en,machine_checkable,effort",
            95,
        ),
    ],
)
def test_what_belongs_together_comes_as_one_table(
    stranger: Client,
    published: Path,  # noqa: F811
    path: str,
    head: str,
    count: int | None,
):
    response = stranger.get(f"{SERVICE}{path}", headers={"accept": "text/csv"})

    holds(response, operation_of(path))
    lines = response.content.decode().splitlines()
    assert (lines[0], len(lines) - 1) == (head, Raw.objects.count() if count is None else count)


def test_the_catalogue_has_what_dcat_ap_asks_for_and_each_file_is_what_it_says(
    stranger: Client,
    published: Path,  # noqa: F811
):
    response = stranger.get(f"{SERVICE}/index-catalogue.jsonld")

    holds(response, operation_of("/index-catalogue.jsonld"))
    about = json.loads(response.content)
    # Mandatory in DCAT-AP 3: of the catalogue title, description and publisher, of an agent its name, of a
    # data set title and description, of a distribution its address, of a checksum algorithm and value.
    assert {title["@language"] for title in about["dct:title"]} == {"fa", "en"}
    assert about["dct:description"]
    assert about["dct:publisher"]["foaf:name"]
    sets = about["dcat:dataset"]
    assert len(sets) == 14 + 3 + 1 + 2
    assert len({each["@id"] for each in sets}) == len(sets)
    for each in sets:
        assert {text["@language"] for key in ("dct:title", "dct:description") for text in each[key]} == {
            "fa",
            "en",
        }
        assert all(agent["foaf:name"] for agent in each["dct:publisher"])
    files = [file for each in sets for file in each["dcat:distribution"]]
    assert len(files) == 2 * 14 + 3 + 1 + 2
    for file in files:
        sent = stranger.get(
            file["dcat:accessURL"]["@id"].partition("testserver")[2] or file["dcat:accessURL"]["@id"]
        )
        assert sent.status_code == 200
        assert file["dcat:mediaType"]["@id"].endswith(sent["Content-Type"].partition(";")[0])
        assert int(file["dcat:byteSize"]["@value"]) == len(sent.content)
        assert file["spdx:checksum"]["spdx:algorithm"]["@id"].endswith("sha256")
        assert (
            file["spdx:checksum"]["spdx:checksumValue"]["@value"] == hashlib.sha256(sent.content).hexdigest()
        )
        assert file["dct:rights"]["rdfs:label"]


@pytest.mark.parametrize(
    ("path", "code"),
    [
        ("/indices/egdi/2021", "index-edition-unknown"),
        ("/indices/none/2020/values.csv", "index-edition-unknown"),
        ("/indices/egdi/2020/checks/XXX", "index-country-unknown"),
        ("/index-series/egdi/%00", "index-country-unknown"),
        ("/indices/egdi/2021/edition.json", "index-edition-unknown"),
        ("/index-files/indices/none/values.csv", "not-found"),
        ("/index-files/questions/none/questions.csv", "not-found"),
    ],
)
def test_what_is_not_there_is_told_by_its_code(stranger: Client, published: Path, path: str, code: str):  # noqa: F811
    assert problem_of(stranger, path, 404)["code"] == code


def keep(title: str = "فرض", **more: Any) -> str:
    asked: dict[str, Any] = {"edition": "2022", "changes": {"osi": 0.5}, "raw": {"mobile": 100.0}} | more
    scenario_id = fresh_id()
    return indices.save_scenario(
        scenario_id,
        code=scenario_id.hex[-12:],
        title=title,
        index="egdi",
        iso3="IRN",
        actor=Actor.anonymous("public"),
        at=AT,
        **asked,
    )


def test_a_kept_what_if_is_told_beside_what_was_published(stranger: Client, published: Path):  # noqa: F811
    told = answer_of(stranger, f"/indices/scenarios/{keep()}")["items"][0]

    values = {each["part"]: each for each in told["values"]}
    assert (told["method_version"], told["source"]["publisher"]) != ("", "")
    assert (values["osi"]["published"], values["osi"]["tried"], values["osi"]["estimated"]) == (
        0.4196,
        0.5,
        False,
    )
    assert values["tii"]["low"] < values["tii"]["tried"] < values["tii"]["high"]
    assert values["tii"]["estimated"]
    assert values["egdi"]["rank_best"] <= values["egdi"]["rank"] <= values["egdi"]["rank_worst"]
    assert told["raw"]["mobile"]["tried"] == 100
    question = urlsplit(told["what_if"])
    asked_again = stranger.get(f"{question.path}?{question.query}").content.decode()
    assert f"{values['egdi']['rank']} از ۱۹۳".translate(PERSIAN) in asked_again.replace(" <small>", " ")


def test_what_ifs_side_by_side_come_as_one_table(stranger: Client, published: Path):  # noqa: F811
    one, other = (
        keep("=1+1"),
        keep(raw={}, weights={"osi": Fraction(1), "tii": Fraction(0), "hci": Fraction(0)}),
    )
    path = f"/indices/scenarios/{one}/table.csv?with={other}"

    response = stranger.get(f"{SERVICE}{path}", headers={"accept": "text/csv"})

    holds(response, operation_of(path))
    rows = list(csv.DictReader(io.StringIO(response.content.decode())))
    assert [row["name"] for row in rows if row["code"] == one] == [
        "egdi",
        "epi",
        "hci",
        "osi",
        "tii",
        "mobile",
    ]
    assert {row["title"] for row in rows if row["code"] == one} == {"'=1+1"}
    weights = {row["name"]: row["weight"] for row in rows if row["code"] == other}
    assert (weights["osi"], weights["tii"], weights["epi"]) == ("1", "0", "")


def test_a_code_of_nobody_tells_nothing(stranger: Client, published: Path):  # noqa: F811
    problem_of(stranger, "/indices/scenarios/nobodys-one", 404)
    problem_of(stranger, f"/indices/scenarios/{keep()}?with=x", 404)
