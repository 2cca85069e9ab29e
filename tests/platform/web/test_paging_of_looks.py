"""Receipts and accesses in one list. With real commits: accesses are written on a connection of their own."""

import re

import pytest
from django.test import Client

from panjereh.domain.disclosure import api as disclosure
from tests.platform.access.country import Country
from tests.platform.web import rows
from tests.platform.web.test_paging import walk

pytestmark = pytest.mark.slow


@pytest.mark.django_db(transaction=True, databases=["default", "trace"])
def test_every_look_is_shown_once_though_many_were_at_the_same_moment(country: Country, mina: Client):
    before = disclosure.looks_at(actor=country.mina.actor, limit=100)
    rows.add_receipts(country.mina, 75)
    rows.add_accesses(country.mina, 40)
    expected = [look.at.isoformat() for look in disclosure.looks_at(actor=country.mina.actor, limit=200)]

    pages = walk(mina, "/my-data/")

    by_page = [re.findall(r'<time datetime="([^"]+)"', page) for page in pages]
    assert len(pages) == -(-len(expected) // disclosure.LOOKS_PAGE)
    assert len(expected) == len(before) + 115
    # On a page the platform's own readings of a day stand folded behind the rest of the day.
    assert [at for page in by_page for at in sorted(page, reverse=True)] == expected
