"""Agencies and law as everybody reads them."""

import csv
import hashlib
import re
from collections import Counter
from pathlib import Path

import pytest
from django.utils import translation

from panjereh_kernel.sorting import sort_key
from tests.platform.catalogue.conftest import AT
from tests.platform.known import make_known

ROOT = Path(__file__).resolve().parents[3]
ADDRESSES = (
    "/agencies/",
    "/agencies/post/",
    "/agencies/mimt/",
    "/agencies/moc/",
    "/instruments/postal-code-act-1376/",
    "/instruments/direct-taxes-act-169bis/",
)

pytestmark = [
    pytest.mark.slow,
    pytest.mark.django_db(databases=["default", "trace", "reader"]),
    pytest.mark.usefixtures("_published"),
]


@pytest.fixture
def _published():
    make_known(at=AT, packs=ROOT / "packs")


@pytest.fixture
def read(client):
    """Return a function that gives the main part of a page, with its tags."""

    def page(address, status=200):
        with translation.override(None):
            response = client.get(address)
        assert response.status_code == status
        return re.search(r"<main.*</main>", response.content.decode(), re.DOTALL)[0]

    return page


def words(page):
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", page))


@pytest.mark.parametrize("address", ADDRESSES)
def test_every_page_is_there_in_both_languages_and_fully_translated(read, address):
    persian, english = words(read(address)), words(read(f"/en{address}"))

    assert not re.search(r"[A-Za-z]{3}", persian)
    assert re.search(r"[A-Za-z]{3}", english)
    assert not re.search(r"[۰-۹]", english)


def test_the_list_has_every_agency_of_today_once_by_kind_and_in_order(read):
    page = read("/agencies/")

    links = re.findall(r'href="/agencies/([^/"]+)/">([^<]+)<', page)
    assert len(links) == len(set(links)) == 119
    assert "moc" not in {code for code, _ in links}
    for section in re.findall(r"<section.*?</section>", page, re.DOTALL):
        names = re.findall(r'href="/agencies/[^"]+">([^<]+)<', section)
        assert names == sorted(names, key=sort_key)


def test_an_agency_leads_to_its_services_its_offices_and_those_above_it(read):
    page = read("/en/agencies/post/")

    assert "/en/services/place.address-certificate/" in page
    assert "/en/agencies/ict/" in page
    assert "Post, provincial office of Tehran" in page
    assert "/en/agencies/post/" in read("/en/agencies/ict/")


def test_offices_stand_in_order_behind_the_headquarters(read):
    offices = re.search(r'id="units".*?</ul>', read("/agencies/post/"), re.DOTALL)[0]

    first, *others = re.findall(r"<li>([^<]+)", offices)
    assert first.startswith("ستاد")
    assert len(others) == 31
    assert others == sorted(others, key=sort_key)


def test_a_merged_agency_says_what_became_of_it_and_the_other_where_it_came_from(read):
    assert "/agencies/mimt/" in read("/agencies/moc/")
    assert {"/agencies/moc/", "/agencies/mim/"} <= set(re.findall(r'href="([^"]+)"', read("/agencies/mimt/")))


def test_an_article_says_which_services_rest_on_it(read):
    page = read("/en/instruments/postal-code-act-1376/")

    first, second = re.findall(r"<article.*?</article>", page, re.DOTALL)[:2]
    assert "/en/services/place.address-certificate/" in first
    assert "/en/services/" not in second
    assert "/en/instruments/postal-code-bylaw-1378/" in page
    assert "In force" in words(page)


def test_an_article_that_is_only_generally_known_says_so(read):
    page = read("/en/instruments/electronic-commerce-act-1382/")

    articles = [words(each) for each in re.findall(r"<article.*?</article>", page, re.DOTALL)]
    doubtful = [each.split()[1] for each in articles if "its text was not checked" in each]
    assert doubtful == ["26", "27"]


def test_an_instrument_cited_as_a_whole_says_so(read):
    assert "/en/services/place.address-certificate/" in read("/en/instruments/data-act-1401/")


def test_the_page_of_a_service_leads_to_its_agency_and_its_law(read):
    page = read("/services/place.address-certificate/")

    assert 'href="/agencies/post/"' in page
    assert 'href="/instruments/postal-code-act-1376/"' in page


def test_a_page_of_an_agency_and_of_a_law_says_from_where_how_surely_and_since_when_it_is_known(read):
    agency, law = words(read("/en/agencies/post/")), words(read("/en/instruments/postal-code-act-1376/"))

    assert (
        "Source: compiled by hand for this project (General knowledge); recorded on Sunday 1 Azar 1405."
        in agency
    )
    assert "Source: the published text (Published text seen); recorded on Sunday 1 Azar 1405." in law


def test_every_kind_of_data_says_how_much_of_it_has_a_source(read):
    rows = {
        row[0]: row[1:]
        for row in (
            [words(cell).strip() for cell in re.findall(r"<t[hd].*?</t[hd]>", row)]
            for row in re.findall(r"<tr>.*?</tr>", read("/en/reference-data/"))
        )
    }

    with (ROOT / "data/iran/legal_articles.csv").open(encoding="utf-8") as file:
        articles = Counter(row["certainty"] for row in csv.DictReader(file))
    assert rows["Provinces, counties and cities"][:6] == ["1,833", "0", "1,833", "0", "0", "100%"]
    assert rows["Articles of law"][1:5] == [str(articles[certainty]) for certainty in "ABCD"]
    assert rows["Articles of law"][5] == f"{100 * (articles['A'] + articles['B']) // articles.total()}%"


def test_persian_numbers_have_persian_marks(read):
    page = words(read("/reference-data/"))

    assert "۱٬۸۳۳" in page
    assert "۱۰۰ درصد" in page


def test_every_imported_file_is_named_with_the_digest_of_its_content(read):
    page = words(read("/reference-data/"))

    for name in ("agencies.csv", "holidays.csv", "legal_articles.csv"):
        assert hashlib.sha256((ROOT / "data/iran" / name).read_bytes()).hexdigest() in page
    assert not re.search(r"[A-Za-z]{3}", re.sub(r"[a-z_]+\.csv|[0-9a-f]{12,}|SHA-256", "", page))


@pytest.mark.parametrize("address", ["/agencies/nobody/", "/instruments/nothing/"])
def test_what_the_directory_does_not_know_is_not_found(read, address):
    read(address, 404)
