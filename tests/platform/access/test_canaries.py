"""Canaries: personal data sent through every route and job is looked for in everything that is written.

Mina and Arash are real to this country: their numbers, phones and names go through every operation and job on
the way to their documents. `TYPED` is what a stranger writes into addresses, queries, forms and headers.
"""

import io
import logging.config
from collections.abc import Callable, Iterator
from contextlib import contextmanager, redirect_stderr

import httpx
import psycopg
import pytest
from django.conf import settings
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse
from prometheus_client import REGISTRY, generate_latest
from psycopg import sql

from panjereh.plumbing import request_log
from panjereh.web.citizen.sign_in import provider
from panjereh.web.public.home import views as home
from tests.platform.access.country import Country, client_of
from tests.platform.access.lines import Line
from tests.platform.access.routes import LINES, PLAIN, THINGS
from tests.platform.people.registers import ARASHS_NUMBER, MINA, MINAS_MOBILE, MINAS_NUMBER

NUMBER, MOBILE, NAME = "9991234569", "09801234567", "قناری‌زاده"
TYPED = (NUMBER, MOBILE, NAME)
PEOPLE = (MINAS_NUMBER, ARASHS_NUMBER, MINAS_MOBILE.removeprefix("+98"), MINA["family_name"])
QUERY = {"q": NUMBER, "mobile": MOBILE, "name": NAME, "after": NUMBER, "next": f"/{NUMBER}", "code": MOBILE}
TEXT_PARTS = ("service_id", "reader", "reference", "serial", "figure_id", "subject", "page_id", "evidence_id")
pytestmark = [pytest.mark.slow, pytest.mark.django_db(databases=["default", "reader", "trace"])]


@pytest.fixture(scope="module", autouse=True)
def log() -> Iterator[io.StringIO]:
    """All that the programs of the platform say, as production says it, from before the country is made."""
    said = io.StringIO()
    with redirect_stderr(said):
        logging.config.dictConfig(settings.LOGGING)
        yield said
    logging.config.dictConfig(settings.LOGGING)


@contextmanager
def heard(log: io.StringIO) -> Iterator[Callable[[], str]]:
    """Give a function that returns what was said in the block, by loggers without a handler too."""
    begun = log.tell()
    with redirect_stderr(log):
        # Anew for each test: pytest gives a silent logger a handler, and Python's own would never be asked.
        logging.config.dictConfig(settings.LOGGING)
        yield lambda: log.getvalue()[begun:]


@pytest.fixture(autouse=True)
def no_login_challenge(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(provider, "call_as_account_plane", lambda *_args, **_more: httpx.Response(404))


def found(canaries: tuple[str, ...], text: str) -> set[str]:
    return {
        canary for canary in canaries if canary in text or canary.encode("unicode_escape").decode() in text
    }


def ask(client: Client, line: Line, path: str) -> HttpResponse:
    address = str(httpx.URL(path, params=QUERY))
    headers = {"User-Agent": NUMBER, "Referer": f"http://testserver/{NUMBER}", "X-Request-Id": NUMBER}
    headers |= {"Accept-Language": NUMBER, "traceparent": MOBILE}
    return client.generic(
        line.method,
        address,
        httpx.Request("POST", "http://x", data={**QUERY, **line.typed}).content,
        content_type="application/x-www-form-urlencoded",
        headers=headers,
    )


def test_no_canary_of_any_request_is_logged(country: Country, log: io.StringIO):
    with heard(log) as during:
        for line in LINES:
            ask_as_everybody(country, line)
    said = during()

    routes = {line.route for line in LINES} - {"live", "ready"}
    assert {route for route in routes if f'"route": "{route}"' not in said} == set()
    assert found(TYPED + PEOPLE, said + log.getvalue()) == set()
    assert found(TYPED + PEOPLE, generate_latest(REGISTRY).decode()) == set()


def ask_as_everybody(country: Country, line: Line) -> None:
    """Ask with canaries round the address, and then in it wherever it takes a text."""
    things = {**THINGS[line.of](country.mina), **PLAIN.get(line.route, {})}
    typed = {name: NUMBER if name in TEXT_PARTS else value for name, value in things.items()}
    for parts in [things] if typed == things else [things, typed]:
        for citizen in (None, country.arash, country.mina):
            ask(client_of(citizen, raise_request_exception=False), line, reverse(line.route, kwargs=parts))


def test_an_address_that_leads_nowhere_is_not_logged(log: io.StringIO, db: None):
    with heard(log) as during:
        Client().get(f"/{NUMBER}/?name={NAME}")
        Client().post(f"/cases/{NUMBER}", {"mobile": MOBILE})
        Client().get("/", headers={"host": f"{NUMBER}.example"})
    said = during()

    assert said.count('"said": "answered"') == 3
    assert found(TYPED, said) == set()


def test_a_bug_is_logged_with_its_place_and_without_what_it_was_about(
    log: io.StringIO, db: None, monkeypatch: pytest.MonkeyPatch
):
    def break_on(number: str) -> None:
        raise ValueError(number)

    monkeypatch.setattr(request_log.edge, "new_id", lambda: "an-id")
    monkeypatch.setattr(home, "render", lambda *_args, **_more: break_on(NUMBER))

    with heard(log) as during:
        answer = Client(raise_request_exception=False).get("/")
    said = during()

    assert answer.status_code == 500
    assert '"type": "builtins.ValueError"' in said
    assert "break_on" in said
    assert '"request": "an-id"' in said
    assert found(TYPED, said) == set()


def test_no_canary_stands_in_the_clear_in_any_table(country: Country):
    with psycopg.connect(settings.PANJEREH_TEST_OWNER_URL) as owner:
        names = [row[0] for row in owner.execute(TABLES)]
        rows = {name: text_of(owner, name) for name in names}

    telling = {name: found(PEOPLE, text) for name, text in rows.items()}
    assert str(country.mina.subject_id) in rows["procrastinate_jobs"] + rows["casework_case"]
    assert {name: canaries for name, canaries in telling.items() if canaries} == {}


TABLES = "SELECT tablename FROM pg_tables WHERE schemaname = 'public'"


def text_of(owner: psycopg.Connection, table: str) -> str:
    """Return every row of a table as text."""
    rows = owner.execute(sql.SQL("SELECT t::text FROM {} AS t").format(sql.Identifier(table))).fetchall()
    return "\n".join(row[0] for row in rows)
