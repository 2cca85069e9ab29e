"""A person's own things by program: each operation against everybody, and what it tells."""

from collections.abc import Iterator
from typing import Any
from urllib.parse import urlsplit
from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import resolve

from panjereh.rest import description
from tests.platform.access.conftest import country  # noqa: F401 -- fixture
from tests.platform.access.country import AT, Citizen, Country
from tests.platform.rest.described import holds, operation_of
from tests.platform.rest.program import EVERYTHING, Program, Tokens

pytestmark = [pytest.mark.slow, pytest.mark.django_db(databases=["default", "reader", "trace"])]
# operation: its address about a thing of Mina's, the scope it needs, what Mina's and Arash's programs get.
# Without a token it is 401, without the scope 403, for every one of them.
OWN: dict[str, tuple[str, str, str, int, int]] = {
    "listMyCases": ("GET", "/me/cases", "cases:read", 200, 200),
    "readMyCase": ("GET", "/me/cases/{issued}", "cases:read", 200, 404),
    "withdrawMyCase": ("POST", "/me/cases/{draft}/withdrawal", "cases:withdraw", 200, 404),
    "listMyDocuments": ("GET", "/me/documents", "documents:read", 200, 200),
    "readMyDocument": ("GET", "/me/documents/{document}", "documents:read", 200, 404),
    "fetchMyDocument": ("GET", "/me/documents/{document}/file", "documents:read", 200, 404),
    "listMyAccesses": ("GET", "/me/accesses", "accesses:read", 200, 200),
}


def address(path: str, of: Citizen) -> str:
    return path.format(
        issued=of.cases["issued"],
        refused=of.cases["refused"],
        draft=of.cases["draft"],
        document=of.document_id,
    )


@pytest.fixture
def mina(tokens: Tokens, country: Country) -> Program:  # noqa: F811 -- the fixture above
    return tokens.give(Program(), country.mina.actor)


@pytest.fixture
def arash(tokens: Tokens, country: Country) -> Program:  # noqa: F811 -- the fixture above
    return tokens.give(Program(), country.arash.actor)


def ask(program: Program, method: str, path: str, **more: str) -> Any:
    if method == "GET":
        return program.get(path, **more)
    return program.post(path, **{"if-match": tag_of(program, path), **more})


def tag_of(program: Program, path: str) -> str:
    return str(program.get(path.removesuffix("/withdrawal")).headers.get("ETag", '"none"'))


def test_the_table_holds_every_operation_that_wants_a_scope():
    wanted = {each.name: (method, each.scope) for _, method, each in description.routes() if each.scope}

    assert wanted == {name: (line[0].lower(), line[2]) for name, line in OWN.items()}


@pytest.mark.parametrize("name", OWN)
def test_everybodys_program_gets_the_answer_of_the_table(
    country: Country,  # noqa: F811 -- the fixture above
    tokens: Tokens,
    mina: Program,
    arash: Program,
    name: str,
):
    method, path, scope, owner, other = OWN[name]
    path = address(path, country.mina)
    less = " ".join(set(EVERYTHING.split()) - {scope})
    without_scope = tokens.give(Program(), country.mina.actor, scope=less)

    answers = [
        ask(program, method, path, **({"if-match": '"any"'} if program is not mina else {}))
        for program in (Program(), without_scope, arash, mina)
    ]

    assert [each.status_code for each in answers] == [401, 403, other, owner]
    for each in answers:
        holds(each, operation_of(path, method.lower()))


@pytest.mark.parametrize("name", [name for name, line in OWN.items() if line[4] == 404])
def test_what_is_anothers_is_answered_like_what_does_not_exist(
    country: Country,  # noqa: F811 -- the fixture above
    arash: Program,
    name: str,
):
    method, path, *_ = OWN[name]
    theirs = ask(arash, method, address(path, country.mina), **{"if-match": '"any"'})
    parts = dict.fromkeys(("issued", "draft", "document"), uuid4())
    absent = ask(arash, method, path.format(**parts), **{"if-match": '"any"'})

    assert (theirs.status_code, theirs.content) == (absent.status_code, absent.content)


def pages(program: Program, path: str) -> Iterator[Any]:
    while path:
        page = program.get(path).json()
        yield from page["items"]
        following = urlsplit(page["next"] or "")
        path = f"{following.path.removeprefix('/api/v1')}?{following.query}" if page["next"] else ""


def test_following_next_gives_every_case_once_newest_first(country: Country, mina: Program):  # noqa: F811
    told = [each["id"] for each in pages(mina, "/me/cases?limit=1")]

    assert told == [str(country.mina.cases[name]) for name in ("draft", "refused", "issued")]


def test_following_next_gives_every_access_once(country: Country, mina: Program):  # noqa: F811
    at_once = mina.get("/me/accesses?limit=100").json()["items"]

    assert [each["id"] for each in pages(mina, "/me/accesses?limit=7")] == [each["id"] for each in at_once]
    assert {each["kind"] for each in at_once} >= {"exchange"}


def test_a_cursor_of_another_person_is_refused(mina: Program, arash: Program):
    following = urlsplit(mina.get("/me/cases?limit=1").json()["next"])

    answer = arash.get(f"/me/cases?{following.query}")

    assert (answer.status_code, answer.json()["field"]) == (422, "after")


def test_a_refused_case_tells_its_reasons_and_no_case_tells_what_was_answered(
    country: Country,  # noqa: F811 -- the fixture above
    mina: Program,
):
    told = mina.get(address("/me/cases/{refused}", country.mina)).json()

    assert told["state"] == "refused"
    assert [reason["text"]["fa"] for reason in told["reasons"]] != []
    assert told["acts"][0]["at"] == AT.isoformat().replace("+00:00", "Z")
    assert not {"answers", "facts"} & told.keys()


def test_a_document_leads_to_its_signed_file_and_a_case_to_its_page(
    country: Country,  # noqa: F811 -- the fixture above
    mina: Program,
):
    (told,) = mina.get("/me/documents").json()["items"]
    file = mina.get(urlsplit(told["file"]).path.removeprefix("/api/v1"))
    page = mina.get(f"/me/cases/{told['case_id']}").json()["page"]

    assert file.content.startswith(b"%PDF-")
    assert file.headers["Cache-Control"] == "no-store"
    assert file.headers["Content-Disposition"].startswith("attachment;")
    assert resolve(urlsplit(page).path).view_name == "citizen:case"


def test_what_the_program_has_already_is_not_sent_again(country: Country, mina: Program):  # noqa: F811
    path = address("/me/cases/{issued}", country.mina)

    again = mina.get(path, **{"if-none-match": tag_of(mina, path)})

    assert (again.status_code, again.content, again.headers["Cache-Control"]) == (304, b"", "no-store")


@pytest.mark.parametrize(
    ("match", "status", "code"), [("", 428, "match-missing"), ('"old"', 412, "match-failed")]
)
def test_nothing_is_withdrawn_unseen(
    country: Country,  # noqa: F811 -- the fixture above
    mina: Program,
    match: str,
    status: int,
    code: str,
):
    path = address("/me/cases/{draft}", country.mina)

    refused = mina.post(f"{path}/withdrawal", **{"if-match": match})

    assert (refused.status_code, refused.json()["code"]) == (status, code)
    assert mina.get(path).json()["state"] == "draft"


def test_a_case_withdrawn_twice_under_one_key_is_withdrawn_once(
    country: Country,  # noqa: F811 -- the fixture above
    mina: Program,
):
    path = address("/me/cases/{draft}", country.mina)
    once = {"if-match": tag_of(mina, path), "idempotency-key": "withdraw-the-draft-of-mina"}

    first, again = (mina.post(f"{path}/withdrawal", **once) for _ in range(2))
    without_key = mina.post(
        f"{path}/withdrawal", **{"if-match": first.headers.get("ETag") or tag_of(mina, path)}
    )

    assert (first.json()["state"], again.content) == ("withdrawn", first.content)
    assert [act["event"] for act in mina.get(path).json()["acts"]].count("withdraw") == 1
    assert (without_key.status_code, without_key.json()["code"]) == (409, "case-step-impossible")


@pytest.mark.parametrize(
    ("path", "questions"),
    # one counts what the program carries away, one asks whether it is still allowed
    [("/me/cases", 6), ("/me/cases/{issued}", 8), ("/me/documents", 6), ("/me/accesses", 7)],
)
def test_an_answer_asks_as_many_questions_as_it_is_known_to(
    country: Country,  # noqa: F811 -- the fixture above
    mina: Program,
    path: str,
    questions: int,
):
    path = address(path, country.mina)
    mina.get(path)

    with CaptureQueriesContext(connection) as asked:
        mina.get(path)

    assert len([each for each in asked if "SAVEPOINT" not in each["sql"]]) == questions
