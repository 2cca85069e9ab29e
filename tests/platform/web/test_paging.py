"""Lists longer than a page: every row once, in order, whatever a link carries."""

import dataclasses
import re
import uuid
from html import unescape

import pytest
from django.test import Client
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from panjereh.domain.disclosure import api as disclosure
from tests.platform.access.country import Country, client_of
from tests.platform.access.routes import ADDERS
from tests.platform.web import rows
from tests.thoroughness import examples

pytestmark = pytest.mark.slow
# What stands once on a page for each row.
ROW = {
    "/cases/": r'href="/cases/([0-9a-f-]{36})/"',
    "/inbox/": r'href="/inbox/([0-9a-f-]{36})/"',
    "/documents/": r'href="/documents/([0-9a-f-]{36})/"',
}
PAGED = ["/cases/", "/inbox/", "/my-data/"]


def walk(client: Client, path: str) -> list[str]:
    """Return the pages of a list, following its links to older rows as a browser would."""
    pages, link = [], path
    while link:
        answer = client.get(link)
        assert answer.status_code == 200
        pages.append(answer.text)
        found = re.search(r'href="([^"]*\?before=[^"]+)"', answer.text)
        link = unescape(found.group(1)) if found else ""
        link = f"{path}{link}" if link.startswith("?") else link
        assert len(pages) < 20
    return pages


@pytest.mark.parametrize("path", ["/cases/", "/inbox/"])
def test_every_row_is_shown_once_over_all_pages(country: Country, mina: Client, path: str):
    before = re.findall(ROW[path], walk(mina, path)[0])
    ADDERS[path](country.mina, 45)

    pages = walk(mina, path)

    shown = [name for page in pages for name in re.findall(ROW[path], page)]
    assert len(pages) == 3
    assert len(shown) == len(set(shown)) == len(before) + 45


@pytest.mark.parametrize("count", [17, 18])
def test_a_list_that_just_fills_a_page_leads_to_no_empty_page(country: Country, mina: Client, count: int):
    rows.add_cases(country.mina, count)  # with her own three: 20, or one more

    pages = walk(mina, "/cases/")

    assert [len(re.findall(ROW["/cases/"], page)) for page in pages] == [20, 1][: count - 16]


def test_a_reader_of_looks_meets_each_once_whatever_the_page(country: Country):
    rows.add_receipts(country.mina, 25)
    whole = [look.id for look in disclosure.looks_at(actor=country.mina.actor, limit=200)]

    for size in (1, 2, 3, 7):
        place, met = disclosure.LooksPlace(), []
        while looks := disclosure.looks_at(actor=country.mina.actor, place=place, limit=size):
            met += [look.id for look in looks]
            place = place.after(looks)
        assert met == whole


def test_a_place_among_anothers_receipts_is_none(country: Country, mina: Client):
    theirs = country.arash.receipt_ids[0]

    assert mina.get("/my-data/", {"before": f"{theirs}."}).status_code == 404
    assert mina.get("/my-data/", {"before": f"{uuid.uuid4()}."}).status_code == 404


@pytest.mark.parametrize("path", PAGED)
@pytest.mark.parametrize(
    "before",
    [
        "x",
        "0",
        "\0",
        "2026",
        "2026-11-22T06:11:17",  # without a zone it is no instant
        "0001-01-01T00:00:00+00:00",
        "0001-01-01T00:00:00+23:59",
        "1969-12-31T23:59:59+00:00",
        "9999-12-31T23:59:59-23:59",
        "9" * 5000,
        "00000000-0000-0000-0000-000000000000",
        "ffffffff-ffff-ffff-ffff-ffffffffffff",
        ".",
        "..",
        "x.y",
        ".019aaa25-df00-7000-8000-00000000000d",
        "019aaa25-df00-7000-8000-00000000000d.",
        "{019aaa25-df00-7000-8000-00000000000d}",
        "۱۴۰۵",
    ],
)
def test_a_place_that_is_none_is_answered_and_never_breaks(mina: Client, path: str, before: str):
    assert mina.get(path, {"before": before}).status_code in (200, 404)


@pytest.mark.parametrize("path", PAGED)
def test_any_query_string_is_answered(country: Country, mina: Client, path: str):
    @settings(
        max_examples=examples(40, in_the_gate=12), deadline=None, suppress_health_check=list(HealthCheck)
    )
    @given(
        before=st.text() | st.uuids().map(str) | st.datetimes(timezones=st.timezones()).map(str),
        name=st.text(),
    )
    def law(before: str, name: str) -> None:
        query = {"before": before, name: before}
        safe = {
            key.encode("utf-8", "replace"): value.encode("utf-8", "replace") for key, value in query.items()
        }
        assert mina.get(path, safe).status_code in (200, 404)

    law()


@pytest.mark.parametrize("path", PAGED)
@pytest.mark.parametrize("language", ["", "/en"])
def test_a_list_without_rows_says_so_and_leads_on(country: Country, mina: Client, path: str, language: str):
    newcomer = dataclasses.replace(
        country.mina, actor=dataclasses.replace(country.mina.actor, subject_id=uuid.uuid4())
    )

    answer = client_of(newcomer).get(f"{language}{path}")

    assert answer.status_code == 200
    main = answer.text.split("<main")[1].split("</main>")[0]
    assert "<li" not in main
    assert re.search(r"class=\"[^\"]*\b(state|empty)\b", main)
