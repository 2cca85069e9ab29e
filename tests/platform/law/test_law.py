"""The pages about law: every claim with its article, what is uncertain beside it."""

import pytest
from django.test import Client

from panjereh.domain.directory import api as directory
from panjereh.web.public.law import claims
from tests.platform.documents import press as made
from tests.platform.known import make_known

pytestmark = pytest.mark.slow


@pytest.fixture(autouse=True)
def laws_known(db: None) -> None:
    make_known(at=made.AT)


@pytest.mark.parametrize("prefix", ["", "/en"])
@pytest.mark.parametrize("reader", claims.GUIDES)
def test_each_reader_has_a_page_with_its_claims_and_what_is_open(reader, prefix):
    response = Client().get(f"{prefix}/law/{reader}")

    page = response.content.decode()
    assert response.status_code == 200
    assert page.count("<li>") >= len(claims.GUIDES[reader].claims) + len(claims.GUIDES[reader].deeds)
    assert ("قانون تجارت الکترونیکی" if not prefix else "Electronic Commerce Act") in page
    assert ("حقوق‌دان" if not prefix else "by a lawyer") in page


def test_every_claim_rests_on_a_law_the_directory_knows_and_no_surer_than_it_is_known():
    known = directory.legal_instruments()
    articles = {
        (each.instrument_id, each.number): each
        for several in directory.legal_articles().values()
        for each in several
    }

    for guide in claims.GUIDES.values():
        for claim in guide.claims:
            assert claim.laws
            for law in claim.laws:
                assert law.certainty.is_law
                cited = articles[law.instrument, law.article] if law.article else known[law.instrument]
                assert law.certainty >= cited.certainty


def test_a_claim_known_from_secondary_sources_says_so():
    assert "منابع" in Client().get("/law/banks").content.decode()


def test_a_reader_there_is_no_page_for_is_not_found():
    assert Client().get("/law/nobody").status_code == 404


def test_the_check_leads_to_the_page_of_every_reader():
    page = Client().get("/check/").content.decode()

    for reader in claims.GUIDES:
        assert f'href="/law/{reader}"' in page
