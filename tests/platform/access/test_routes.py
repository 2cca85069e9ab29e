"""Every address, every method, everybody: the table in `routes`, walked."""

import re
from collections.abc import Iterator
from typing import Any
from urllib.parse import parse_qs, urlsplit
from uuid import UUID, uuid4

import httpx
import pytest
from django.db import connection
from django.http import HttpResponse
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import URLPattern, URLResolver, get_resolver, resolve, reverse
from django.utils import translation

from panjereh.web.citizen.sign_in import provider
from tests.platform.access.country import Citizen, Country, client_of
from tests.platform.access.headers import faults_of, is_kept
from tests.platform.access.lines import SIGN_IN, Line
from tests.platform.access.routes import LINES, OWNED, PLAIN, THINGS

METHODS = ("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE")
LANGUAGES = ("fa", "en")
pytestmark = [pytest.mark.slow, pytest.mark.django_db(databases=["default", "reader", "trace"])]


@pytest.fixture(autouse=True)
def no_login_challenge(monkeypatch: pytest.MonkeyPatch) -> None:
    """The account plane's identity provider knows no login challenge."""
    monkeypatch.setattr(provider, "call_as_account_plane", lambda *_args, **_more: httpx.Response(404))


def every_route() -> dict[str, URLPattern]:
    return dict(walk(get_resolver(), ""))


def walk(resolver: URLResolver, namespace: str) -> Iterator[tuple[str, URLPattern]]:
    for part in resolver.url_patterns:
        if isinstance(part, URLResolver):
            yield from walk(part, part.namespace or namespace)
        else:
            yield (f"{namespace}:{part.name}" if namespace else part.name), part


def address(line: Line, language: str, things: dict[str, object]) -> str:
    with translation.override(language):
        return reverse(line.route, kwargs={**things, **PLAIN.get(line.route, {})})


def ask(client: Client, line: Line, path: str, method: str | None = None) -> HttpResponse:
    return client.generic(
        method or line.method,
        path,
        httpx.Request("POST", "http://x", data=line.typed).content,
        content_type="application/x-www-form-urlencoded",
    )


def told(answer: HttpResponse) -> int | str:
    """Return the status, or that the answer leads to signing in and from there back to this site."""
    target = urlsplit(answer.headers.get("Location", ""))
    if target.path in ("/sign-in", "/en/sign-in", "/desk/sign-in", "/en/desk/sign-in"):
        assert parse_qs(target.query)["next"][0].startswith("/")
        return SIGN_IN
    return answer.status_code


def test_every_route_has_its_lines_and_no_line_is_of_a_route_that_is_gone():
    assert {line.route for line in LINES} == set(every_route())


def test_every_route_about_a_thing_of_somebodys_says_whose():
    about = {name for name, route in every_route().items() if "uuid:" in str(route.pattern)}

    assert about == {line.route for line in LINES if line.of in OWNED}


def test_no_address_is_taken_by_another_package(country: Country):
    addresses = {line.route: address(line, "fa", THINGS[line.of](country.mina)) for line in LINES}

    # Requests before this one may have left another language behind, in which these addresses lead nowhere.
    with translation.override("fa"):
        taken = {route: resolve(path).view_name for route, path in addresses.items()}

    assert {route: by for route, by in taken.items() if by != route} == {}


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("line", LINES, ids=lambda line: line.id)
def test_everybody_gets_the_answer_of_the_table(country: Country, line: Line, language: str):
    path = address(line, language, THINGS[line.of](country.mina))

    # The owner comes last: only the owner's request may change what the others see.
    answers = {
        name: told(ask(client_of(citizen), line, path))
        for name, citizen in (("anonymous", None), ("other", country.arash), ("owner", country.mina))
    }

    assert answers == {"anonymous": line.anonymous, "other": line.other, "owner": line.owner}


@pytest.mark.parametrize("route", sorted({line.route for line in LINES} - {"live", "ready"}))
def test_a_method_that_is_not_in_the_table_is_refused_to_everybody(country: Country, route: str):
    lines = [line for line in LINES if line.route == route]
    known = {line.method for line in lines} | ({"HEAD"} if any(is_read(line) for line in lines) else set())
    path = address(lines[0], "fa", THINGS[lines[0].of](country.mina))
    browsers = [client_of(citizen) for citizen in (None, country.arash, country.mina)]

    for method in sorted(set(METHODS) - known):
        for browser in browsers:
            answer = ask(browser, lines[0], path, method)
            assert answer.status_code == 405, method
            assert set(answer.headers["Allow"].split(", ")) == known


def is_read(line: Line) -> bool:
    return line.method == "GET" and line.head


@pytest.mark.parametrize("line", [line for line in LINES if is_read(line)], ids=lambda line: line.id)
def test_head_is_answered_as_get_without_a_body(country: Country, line: Line):
    path = address(line, "fa", THINGS[line.of](country.mina))
    client = client_of(country.mina)

    head, get = ask(client, line, path, "HEAD"), ask(client, line, path)

    assert (head.status_code, head.headers.get("Location")) == (get.status_code, get.headers.get("Location"))
    assert head.content == b""


@pytest.mark.parametrize("citizen", ["anonymous", "other"])
@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("line", [line for line in LINES if line.of in OWNED], ids=lambda line: line.id)
def test_what_is_somebody_elses_is_answered_exactly_like_what_does_not_exist(
    country: Country, line: Line, language: str, citizen: str
):
    asker = country.arash if citizen == "other" else None
    mine = THINGS[line.of](country.mina)
    nobodys = dict.fromkeys(mine, uuid4())

    theirs = seen(asker, line, address(line, language, mine), mine)
    absent = seen(asker, line, address(line, language, nobodys), nobodys)

    assert theirs == absent


def seen(asker: Citizen | None, line: Line, path: str, things: dict[str, object]) -> dict[str, Any]:
    """Return all an asker can see of an answer, and how many questions the database was asked for it."""
    client = client_of(asker)
    with CaptureQueriesContext(connection) as queries:
        answer = ask(client, line, path)
    body = re.sub(r'name="csrfmiddlewaretoken" value="\w+"', "", answer.content.decode())
    headers = dict(answer.headers)
    for name in (str(each) for each in things.values() if isinstance(each, UUID)):
        body = body.replace(name, "…")
        headers = {key: value.replace(name, "…") for key, value in headers.items()}
    headers.pop("Content-Length", None)
    headers.pop("X-Request-Id")  # fresh for each request
    return {"status": answer.status_code, "body": body, "headers": headers, "queries": len(queries)}


@pytest.mark.parametrize(
    "line", [line for line in LINES if line.method == "POST" and line.form], ids=lambda line: line.id
)
def test_a_form_without_its_token_is_refused_to_everybody(country: Country, line: Line):
    path = address(line, "fa", THINGS[line.of](country.mina))

    for citizen in (None, country.arash, country.mina):
        answer = ask(client_of(citizen, enforce_csrf_checks=True), line, path)
        assert answer.status_code == 403


@pytest.mark.parametrize("path", ["/cases/{}/", "/documents/{}/", "/documents/{}/file", "/inbox/{}/"])
@pytest.mark.parametrize(
    "name", ["0", "x" * 5000, "%00", "../../etc", "019AAA25-DF00-7000-8000-0000000000ZZ"]
)
def test_an_address_with_no_identifier_leads_nowhere(country: Country, path: str, name: str):
    assert client_of(country.mina).get(path.format(name)).status_code == 404


def test_every_answer_to_everybody_says_what_a_browser_may_do_with_it(country: Country):
    told = {
        (line.id, name): faults_of(
            ask(client_of(citizen), line, address(line, "fa", THINGS[line.of](country.mina)))
        )
        for line in LINES
        for name, citizen in (("anonymous", None), ("other", country.arash), ("owner", country.mina))
    }

    assert {which: faults for which, faults in told.items() if faults} == {}


# The same for everybody and said to be so, whoever asks.
FOR_EVERYBODY = ("public:check_script", "rest:")


def test_what_is_said_within_a_session_is_kept_by_nothing(country: Country):
    lines = [line for line in LINES if not line.route.startswith(FOR_EVERYBODY)]

    kept = {
        line.id
        for line in lines
        if is_kept(ask(client_of(country.mina), line, address(line, "fa", THINGS[line.of](country.mina))))
    }

    assert kept == set()
