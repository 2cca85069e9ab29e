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
    expected = [look.id for look in disclosure.looks_at(actor=country.mina.actor, limit=200)]

    pages = walk(mina, "/my-data/")

    shown = re.findall(r'<article class="receipt.*?datetime="([^"]+)"', "".join(pages), re.DOTALL)
    assert len(pages) == -(-len(expected) // disclosure.LOOKS_PAGE)
    assert len(shown) == len(expected) == len(before) + 115
    assert shown == sorted(shown, reverse=True)
