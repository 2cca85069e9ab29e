"""Whatever is sent to a page, it answers: nothing a stranger types is a bug of ours."""

from urllib.parse import quote, urlencode

import httpx
import pytest
from django.test import Client
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from panjereh.web.citizen.sign_in import provider
from tests.platform.access.country import Country, client_of
from tests.platform.access.lines import Line
from tests.platform.access.routes import LINES, THINGS
from tests.platform.access.test_routes import address
from tests.thoroughness import examples

pytestmark = [pytest.mark.slow, pytest.mark.django_db(databases=["default", "reader", "trace"])]
ANSWERS = {200, 302, 400, 401, 403, 404, 409, 410, 413, 415, 422, 429, 503}
FORM = "application/x-www-form-urlencoded"
# Every name any form sends, beside names nobody asked for.
NAMES = (
    "source", "postal_code", "national_number", "mobile", "code", "day", "month", "year", "serial", "next",
    "acr", "again", "csrfmiddlewaretoken", "page_id",
)  # fmt: skip
# What people and programs really send: half numbers in any script, nothing, too much, NUL, markup.
TEXTS = st.one_of(
    st.text(max_size=40),
    st.text(alphabet="0123456789۰۱۲۳۴۵۶۷۸۹٠١٢٣٤٥٦٧٨٩-–/. \u200c\u200f+", max_size=20),
    st.sampled_from(
        ["\0", "x" * 20_000, "۹" * 20_000, "<script>", "%00", "{{ 7*7 }}", "%(x)s", "-1", "1e9", "٫"]
    ),
)
relaxed = settings(
    max_examples=examples(25, in_the_gate=8), deadline=None, suppress_health_check=list(HealthCheck)
)


@pytest.fixture(autouse=True)
def idp(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nobody answers for the identity provider."""

    def away(*_args: object, **_more: object) -> None:
        raise provider.SignInUnavailable

    monkeypatch.setattr(provider, "call_as_account_plane", lambda *_args, **_more: httpx.Response(404))
    monkeypatch.setattr(provider, "post_as", away)


def encoded(fields: list[tuple[str, str]]) -> bytes:
    return urlencode(
        [(name.encode("utf-8", "replace"), value.encode("utf-8", "replace")) for name, value in fields]
    ).encode()


@pytest.mark.parametrize("line", [line for line in LINES if line.method == "POST"], ids=lambda line: line.id)
def test_every_form_answers_whatever_is_typed(country: Country, line: Line):
    client, path = client_of(country.mina), address(line, "fa", THINGS[line.of](country.mina))

    @relaxed
    @given(st.lists(st.tuples(st.sampled_from(NAMES) | st.text(max_size=8), TEXTS), max_size=6))
    def law(fields: list[tuple[str, str]]) -> None:
        assert client.generic("POST", path, encoded(fields), content_type=FORM).status_code in ANSWERS

    law()


@pytest.mark.parametrize("line", [line for line in LINES if line.method == "POST"], ids=lambda line: line.id)
def test_every_form_answers_a_body_that_is_no_form(country: Country, line: Line):
    client, path = client_of(country.mina), address(line, "fa", THINGS[line.of](country.mina))

    for kind in (
        FORM,
        "application/json",
        "multipart/form-data",
        "multipart/form-data; boundary=x",
        "x/y",
        "",
    ):
        for body in (b"", b"\xff\xfe\x00", b"%ff%fe=%zz&=&&;", b"{", b"--x\r\n\r\n--x--", b"a=" * 5000):
            assert client.generic("POST", path, body, content_type=kind).status_code in ANSWERS, (kind, body)


@pytest.mark.parametrize("line", [line for line in LINES if line.method == "GET"], ids=lambda line: line.id)
def test_every_page_answers_whatever_stands_in_its_query(country: Country, line: Line):
    client, path = client_of(country.mina), address(line, "fa", THINGS[line.of](country.mina))
    known = (
        "q",
        "before",
        "after",
        "on",
        "service",
        "state",
        "login_challenge",
        "next",
        "acr",
        "code",
        "iss",
    )

    @relaxed
    @given(st.lists(st.tuples(st.sampled_from(known) | st.text(max_size=8), TEXTS), max_size=4))
    def law(fields: list[tuple[str, str]]) -> None:
        assert client.get(f"{path}?{encoded(fields).decode()}").status_code in ANSWERS

    law()


@pytest.mark.parametrize(
    "path",
    [
        "/services/{}/",
        "/check/{}",
        "/figures/{}/",
        "/figures/{}/events/",
        "/figures/proofs/{}/",
        "/cases/start/{}/",
        "/{}/",
    ],
)
def test_every_name_in_an_address_is_answered(country: Country, mina: Client, path: str):
    @relaxed
    @given(TEXTS)
    def law(name: str) -> None:
        where = path.format(quote(name.encode("utf-8", "replace"), safe=""))
        assert mina.get(where).status_code in ANSWERS
        assert mina.post(where).status_code in {*ANSWERS, 405}

    law()


@pytest.mark.parametrize("digits", ["9" * 18, "9" * 19, "9" * 30, "9" * 4000])
def test_a_place_in_the_record_beyond_any_number_is_not_found(client: Client, digits: str):
    assert client.get(f"/figures/proofs/{digits}/").status_code == 404
    assert client.get("/figures/cases-by-state-and-day/events/", {"after": digits}).status_code in (200, 404)


@pytest.mark.parametrize(
    ("header", "value"),
    [
        ("Cookie", "panjereh=\x00"),
        ("Cookie", "panjereh=" + "x" * 5000),
        ("Accept-Language", "fa;q=" + "9" * 500),
        ("Accept", "*/*;q=x"),
        ("Accept", ""),
        ("Host", "testserver:99999"),
    ],
)
def test_a_header_nobody_sends_is_answered(client: Client, header: str, value: str):
    assert client.get("/cases/", headers={header: value}).status_code in ANSWERS
