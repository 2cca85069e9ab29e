"""How many questions a page asks the database: pinned, and the same for few rows and for many."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from panjereh.domain.catalogue import api as catalogue
from panjereh.domain.messaging import api as messaging
from tests.platform.access.country import AT, SERVICE, Country, client_of
from tests.platform.access.routes import ADDERS, PINNED
from tests.platform.casework.window import PACK_VERSION
from tests.platform.people.desk import fresh_id

pytestmark = pytest.mark.slow
# `PINNED` stands with the other rows of each package, in `access/routes`: with the question for the session
# where somebody is signed in, and the one that counts where a limit is. What directory and catalogue say
# is kept in the process for a while, so a page that has been asked for before does not ask about them.
PINNED_CASE = 5
PINNED_DOCUMENT = 3


def count(client: Client, path: str) -> int:
    """Return how many questions a page asks that has been asked for before."""
    assert client.get(path).status_code == 200
    with CaptureQueriesContext(connection) as queries:
        client.get(path)
    return len([each for each in queries if "SAVEPOINT" not in each["sql"]])


@pytest.mark.parametrize("path", PINNED)
def test_a_page_asks_as_many_questions_as_it_is_known_to(country: Country, path: str):
    client = client_of(country.mina if PINNED[path] and path in ADDERS else None)

    assert count(client, path) == PINNED[path]


def test_a_case_and_a_document_ask_as_many_questions_as_they_are_known_to(country: Country, mina: Client):
    case = reverse("citizen:case", args=[country.mina.cases["issued"]])
    document = reverse("citizen:document", args=[country.mina.document_id])

    assert (count(mina, case), count(mina, document)) == (PINNED_CASE, PINNED_DOCUMENT)


@pytest.mark.parametrize("path", ADDERS)
def test_a_longer_list_asks_no_more_questions(country: Country, mina: Client, path: str):
    ADDERS[path](country.mina, 3)
    with_few = count(mina, path)
    ADDERS[path](country.arash, 3)
    ADDERS[path](country.mina, 9)

    assert count(mina, path) == with_few


def test_more_text_messages_ask_no_more_questions(country: Country):
    counts = []
    for length in (3, 12):
        for place in range(length):
            messaging.PracticeGateway().send(fresh_id(), mobile="+989800000001", text=f"{place}", at=AT)
        counts.append(count(Client(), "/practice/outbox/"))

    assert counts[0] == counts[1]


def test_a_pack_is_read_once_in_a_process(country: Country, django_assert_num_queries):
    catalogue.pack(SERVICE, PACK_VERSION)

    with django_assert_num_queries(0):
        catalogue.pack(SERVICE, PACK_VERSION)
