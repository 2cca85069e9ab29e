"""Files of the front end go over the wire compressed, and only once."""

import gzip
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import pytest

from panjereh.plumbing.assets import Assets, mark_of

SHEET = b"p { color: teal; }\n" * 40


@pytest.fixture
def assets(tmp_path: Path) -> Assets:
    for name, content in {
        "css/page.css": SHEET,
        "fonts/a.woff2": b"font",
        "fonts/typst/b.ttf": b"heavy",
        ".hidden": b"x",
    }.items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_bytes(content)
    return Assets(_pages, tmp_path / "")


def _pages(_environ: dict[str, Any], respond: Any) -> Iterable[bytes]:
    respond("200 OK", [])
    return [b"a page"]


def ask(assets: Assets, path: str, method: str = "GET", **more: str) -> tuple[str, dict[str, str], bytes]:
    said: list[Any] = []
    path, _, query = path.partition("?")
    environ = {"PATH_INFO": path, "QUERY_STRING": query, "REQUEST_METHOD": method, **more}
    body = b"".join(assets(environ, lambda status, headers: said.extend([status, dict(headers)])))
    return said[0], said[1], body


def test_a_style_sheet_is_compressed_for_those_who_take_it(assets: Assets):
    status, headers, body = ask(assets, "/static/css/page.css", HTTP_ACCEPT_ENCODING="br, gzip")

    assert (status, headers["Content-Encoding"], gzip.decompress(body)) == ("200 OK", "gzip", SHEET)
    assert len(body) == int(headers["Content-Length"]) < len(SHEET)
    assert headers["Content-Type"] == "text/css; charset=utf-8"


@pytest.mark.parametrize("accepted", ["", "br", "gzip;q=0", "gzip; q=0.0", "xgzip"])
def test_a_style_sheet_is_whole_for_those_who_do_not(assets: Assets, accepted: str):
    _, headers, body = ask(assets, "/static/css/page.css", HTTP_ACCEPT_ENCODING=accepted)

    assert body == SHEET
    assert "Content-Encoding" not in headers


def test_caches_keep_both_ways_apart(assets: Assets):
    _, whole, _ = ask(assets, "/static/css/page.css")
    _, packed, _ = ask(assets, "/static/css/page.css", HTTP_ACCEPT_ENCODING="gzip")

    assert whole["Vary"] == packed["Vary"] == "Accept-Encoding"
    assert whole["ETag"] != packed["ETag"]


def test_a_font_is_compressed_in_itself(assets: Assets):
    _, headers, body = ask(assets, "/static/fonts/a.woff2", HTTP_ACCEPT_ENCODING="gzip")

    assert body == b"font"
    assert "Content-Encoding" not in headers


def test_a_file_with_the_mark_of_its_content_is_kept_for_ever(assets: Assets):
    _, headers, _ = ask(assets, f"/static/css/page.css?v={mark_of(SHEET)}")

    assert "immutable" in headers["Cache-Control"]


@pytest.mark.parametrize("query", ["", "?v=0123456789"])
def test_a_file_without_its_mark_is_asked_about_again(assets: Assets, query: str):
    _, headers, _ = ask(assets, f"/static/css/page.css{query}")

    assert headers["Cache-Control"] == "public, max-age=86400"


def test_a_file_one_has_is_not_sent_again(assets: Assets):
    _, headers, _ = ask(assets, "/static/css/page.css")

    status, _, body = ask(assets, "/static/css/page.css", HTTP_IF_NONE_MATCH=headers["ETag"])

    assert (status, body) == ("304 Not Modified", b"")


def test_head_says_what_get_would_send(assets: Assets):
    _, headers, body = ask(assets, "/static/css/page.css", "HEAD")

    assert (body, headers["Content-Length"]) == (b"", str(len(SHEET)))


@pytest.mark.parametrize(
    "path",
    [
        "/static/",
        "/static/../conftest.py",
        "/static//etc/passwd",
        "/static/.hidden",
        "/static/fonts/typst/b.ttf",
        "/static/none.css",
    ],
)
def test_nothing_else_is_served(assets: Assets, path: str):
    assert ask(assets, path)[0] == "404 Not Found"


def test_a_file_cannot_be_posted_to(assets: Assets):
    assert ask(assets, "/static/css/page.css", "POST")[0] == "404 Not Found"


def test_every_other_address_is_a_page(assets: Assets):
    assert ask(assets, "/cases/")[2] == b"a page"
