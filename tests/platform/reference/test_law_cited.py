"""What code, packs and contracts cite is in the directory."""

import json

from devtool import paths
from devtool.reference import law
from panjereh.domain.people.operations import check_identity


def test_every_citation_leads_to_an_instrument_and_an_article_of_the_directory():
    known = law.known()

    lost = [(cited, place) for cited, place in law.citations() if cited not in known]

    assert lost == []


def test_no_module_names_an_article_in_words_where_nobody_can_follow_it():
    assert law.unnamed() == []


def test_the_exchange_says_of_its_laws_what_the_directory_says():
    listed = json.loads((paths.ROOT / "data/exchange/datasets.json").read_text("utf-8"))["legal_bases"]
    known = law.known()

    assert {code: each["certainty"] for code, each in listed.items()} == {
        code: known[code, ""]["certainty"] for code in listed
    }
    assert check_identity.LEGAL_BASIS in listed
